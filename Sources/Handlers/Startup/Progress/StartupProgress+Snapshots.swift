import ListenerKit

/// Snapshots: how all processes stand.
extension StartupProgress {
    /// Follows a snapshot.
    ///
    /// - Parameters:
    ///   - snapshot: Every process that supervisord knows.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ snapshot: Snapshot, at now: ContinuousClock.Instant) -> [StartupCommand] {
        began = began ?? now
        let isConclusive = isConclusive(snapshot)
        suspectReplacements(in: snapshot)
        if isConclusive {
            applyReplacements(in: snapshot, at: now)
        }
        recordStarts(in: snapshot, at: now)
        // `supervisorctl update` may just be at work; the plan of what it has found comes with the next snapshot.
        var commands: [StartupCommand] =
            isConclusive ? reportUnknownProcesses(in: snapshot) : [.requestSnapshot(after: Self.snapshotDelay)]
        for information in snapshot.processes {
            if let index = indices[information.name] {
                commands += apply(information, index, at: now, isConclusive)
            }
        }
        return commands + startReadyPrograms(at: now)
    }

    /// Returns whether a snapshot tells what was uncertain: supervisord was asked for it later than that.
    func isConclusive(_ snapshot: Snapshot) -> Bool {
        lastUncertainty.map { $0 < snapshot.time } ?? true
    }

    private mutating func apply(
        _ information: ProcessInformation,
        _ index: Int,
        at now: ContinuousClock.Instant,
        _ isConclusive: Bool
    ) -> [StartupCommand] {
        let program = plan.programs[processes[index].program]
        guard processes[index].start != .maybeReplaced else {
            // Only a conclusive snapshot tells which process it is about.
            return []
        }
        guard information.wasStarted else {
            if processes[index].start == .unconfirmed, isConclusive {
                // supervisord has not received the call: it is asked once more.
                forgetStart(index, at: now)
            }
            return applyUntouched(index, program, at: now)
        }
        return change(
            index,
            to: information.state,
            since: now - .seconds(information.secondsUp ?? 0),
            reached: information.reached(startSeconds: program.startSeconds, exitCodes: program.exitCodes),
            failure: information.failure(autorestart: program.autorestart, exitCodes: program.exitCodes),
            at: now
        )
    }

    /// Records that a process has not been started yet.
    private mutating func applyUntouched(
        _ index: Int,
        _ program: PlannedProgram,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        // A snapshot may have been taken before the start that supervisord was asked for since.
        guard processes[index].start == .none else {
            return []
        }
        let isNobodys = !program.isManaged && !program.isAutostarted
        let failure = isNobodys ? StartupFailure.neverStarted(program.reasonForNoStart) : nil
        return change(index, to: .stopped, since: now, reached: [], failure: failure, at: now)
    }

    /// Records what has been started before any failure is reported: it waits for no other program.
    private mutating func recordStarts(in snapshot: Snapshot, at now: ContinuousClock.Instant) {
        for information in snapshot.processes where information.wasStarted {
            if let index = indices[information.name], processes[index].start != .maybeReplaced {
                markSeen(index, at: now)
            }
        }
    }

    /// Reports processes that matter here and that supervisord does not know.
    ///
    /// About one that it has known, it is asked once more: `supervisorctl update` removes a group a moment before it adds it
    /// again.
    private mutating func reportUnknownProcesses(in snapshot: Snapshot) -> [StartupCommand] {
        var known = Array(repeating: false, count: processes.count)
        for information in snapshot.processes {
            if let index = indices[information.name] {
                known[index] = true
            }
        }
        var commands: [StartupCommand] = []
        var mayBeAddedAgain = false
        for index in processes.indices where indices[processes[index].name] == index {
            defer { processes[index].isKnown = known[index] }
            if !known[index] {
                if processes[index].isKnown {
                    mayBeAddedAgain = true
                } else {
                    commands += setFailure(.unknown, index)
                }
            } else if processes[index].failure == .unknown {
                commands += setFailure(nil, index)
            }
        }
        return commands + (mayBeAddedAgain ? [.requestSnapshot(after: Self.snapshotDelay)] : [])
    }
}
