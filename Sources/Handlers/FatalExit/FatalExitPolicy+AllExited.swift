import ListenerKit

/// Whether everything has exited.
extension FatalExitPolicy {
    /// Finds out whether everything has exited, and the last program by itself: what an operator stops shuts down nothing.
    ///
    /// - Parameters:
    ///   - snapshot: Every process that supervisord knows, as it is now.
    ///   - countsStarts: Whether a program that is ready to start, and so about to be started, counts as alive; else it
    ///     counts as one that cannot be started, which is a failure.
    ///   - now: The present time.
    /// - Returns: What shuts down supervisord, if anything.
    func allExited(
        in snapshot: [ProcessInformation],
        countsStarts: Bool = true,
        at now: ContinuousClock.Instant = .now
    ) -> FatalExitCause? {
        guard judgesAllExited, !wasStoppedLast else {
            return nil
        }
        var exited: [ProcessInformation] = []
        var lastStop = Timestamp.distantPast
        for information in snapshot {
            guard let program = programs.watched(information.name) else {
                continue
            }
            guard !program.isAlive(information) else {
                return nil
            }
            if information.state != .stopped {
                exited.append(information)
            } else if information.wasStarted {
                lastStop = max(lastStop, information.endTime)
            }
        }
        let unstartable = unstartable(snapshot)
        // If an error of the configuration keeps a program from being started, nothing need have run for this to be the end.
        guard let lastExit = exited.map({ $0.endTime }).max() ?? unstartable.map({ _ in .distantPast }),
            lastExit >= lastStop,
            !canGoOn(snapshot, countsStarts, at: now)
        else {
            return nil
        }
        if let failed = exited.filter({ isFailed($0) }).min(by: { $0.endTime < $1.endTime }) {
            return .allExited(.allExited(firstFailed: failed))
        }
        let missing = unstartable.map { ShutdownVerdict.neverStarted($0) } ?? (countsStarts ? nil : .startMissing)
        return .allExited(missing ?? .allExited(firstFailed: nil))
    }

    /// A program that the order of starts is to start, and never will, because of an error in the configuration.
    private func unstartable(_ snapshot: [ProcessInformation]) -> String? {
        let untouched = Set(snapshot.filter { !$0.wasStarted && programs.watched($0.name) != nil }.map { $0.name })
        return startup?.plan.programs.first { program in
            program.isManaged && program.level == nil && program.processes.contains { untouched.contains($0) }
        }?.name
    }

    private func isFailed(_ information: ProcessInformation) -> Bool {
        let exitCodes = programs[information.name]?.exitCodes ?? []
        return information.state == .fatal || !exitCodes.contains(information.exitStatus)
    }

    /// Whether a program will be started that waits for others.
    private func canGoOn(
        _ snapshot: [ProcessInformation],
        _ countsStarts: Bool,
        at now: ContinuousClock.Instant
    ) -> Bool {
        guard var progress = startup else {
            return false
        }
        var starts = false
        let commands = progress.apply(Snapshot(processes: snapshot, reason: .request, time: now), at: now)
        for case .start(let process) in commands where countsStarts {
            guard programs.watched(process) == nil else {
                return true
            }
            starts = true
        }
        let goesOn = starts || snapshot.contains { programs[$0.name]?.isAlive($0) ?? false }
        return goesOn && progress.prospects.contains { programs.watched($0) != nil }
    }
}

extension ProcessInformation {
    /// When it exited, or was started in vain.
    fileprivate var endTime: Timestamp { stopTime ?? startTime ?? .distantPast }
}
