import ListenerKit

/// The outcomes of the starts that supervisord was asked for.
extension StartupProgress {
    /// How long to wait before supervisord is asked about starts that are unconfirmed: it has just not answered.
    private static let delayAfterFailure = Duration.milliseconds(500)

    /// Follows what has become of a start.
    ///
    /// - Parameters:
    ///   - outcome: What has become of it.
    ///   - process: The process.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ outcome: StartOutcome,
        of process: ProcessName,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard let index = indices[process] else {
            return []
        }
        switch outcome {
        case .started:
            // Without seconds to wait for, it is RUNNING at once, even if it has exited by now.
            let isRunning = plan.programs[processes[index].program].startSeconds <= 0
            return started(index, isRunning ? [.started, .running] : .started, .starting, at: now)
        case .alreadyStarted:
            return started(index, .started, .starting, at: now)
        case .spawnError:
            return started(index, [.started, .backoff], .backoff, at: now)
        case .refused(let reason, _):
            return refused(index, reason, at: now)
        case .shuttingDown:
            return []
        case .unconfirmed:
            if processes[index].start == .asked {
                processes[index].start = .unconfirmed
            }
            lastUncertainty = now
            return [.requestSnapshot(after: Self.delayAfterFailure)]
        }
    }

    private mutating func started(
        _ index: Int,
        _ reached: StartupConditions,
        _ state: ProcessState,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        if processes[index].start == .asked {
            // Events may be long in coming, and this is what they will say.
            enter(state, index, at: now)
            markSeen(index, at: now)
        }
        reach(reached, index)
        return startReadyPrograms(at: now)
    }

    private mutating func refused(
        _ index: Int,
        _ reason: String,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard processes[index].start != .seen else {
            return []
        }
        forgetStart(index, at: now)
        processes[index].start = .refused
        return change(index, to: .stopped, since: now, reached: [], failure: .refused(reason), at: now)
            + startReadyPrograms(at: now)
    }
}
