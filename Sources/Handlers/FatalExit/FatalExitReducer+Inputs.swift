import ListenerKit

/// Alarms, and answers to commands.
extension FatalExitReducer {
    /// Follows anything.
    ///
    /// - Parameters:
    ///   - input: What has happened.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ input: FatalExitInput, at now: ContinuousClock.Instant) -> [FatalExitCommand] {
        switch input {
        case .change(let event):
            return apply(event, at: now)
        case .group(let event):
            return apply(event)
        case .supervisor(let event):
            return apply(event)
        case .snapshot(let snapshot, let configuration):
            return apply(snapshot, configuration, at: now)
        case .alarm:
            return applyAlarm(at: now)
        case .allProcesses(let processes, let configuration):
            // What was added just now may still be started.
            adopt(configuration)
            return applyAll(processes, at: now)
        case .noProcesses(let isStopping):
            startDeadline = nil
            return (isStopping ? [] : [.requestSnapshot(after: Self.delayAfterFailure)]) + goOn()
        case .process(let information):
            guard let verdict = cause.take()?.verdict(information) else {
                // An operator has repaired it.
                return goOn()
            }
            return [.shutDown(verdict)]
        case .processIsRemoved:
            // To be removed is no failure.
            cause = nil
            return goOn()
        case .isStopping:
            // During its shutdown, supervisord makes every process FATAL that waits for its next try; that is no failure.
            cause = nil
            isShuttingDown = true
            return goOn()
        case .shutdown(let hasBegun):
            isShuttingDown = hasBegun
            return goOn()
        }
    }

    private mutating func applyAlarm(at now: ContinuousClock.Instant) -> [FatalExitCommand] {
        alarm = nil
        isAlarmSet = false
        nudges?.nudged(at: now)
        remainder = Remainder(concernsAlarm: true)
        guard let startDeadline, startDeadline <= now else {
            return (canAsk ? [.nudge] : []) + goOn()
        }
        // What has become of the programs that were to start?
        remainder.mayAllHaveExited = true
        return goOn()
    }

    private mutating func applyAll(
        _ processes: [ProcessInformation],
        at now: ContinuousClock.Instant
    ) -> [FatalExitCommand] {
        unknownProcesses.formIntersection(processes.map { $0.name })
        if let cause = policy.allExited(in: processes, at: now) {
            return lookInto(cause)
        }
        guard let cause = policy.allExited(in: processes, countsStarts: false, at: now) else {
            startDeadline = nil
            return goOn()
        }
        let deadline = startDeadline ?? now + Self.startTimeout
        guard deadline > now else {
            startDeadline = nil
            return lookInto(cause)
        }
        startDeadline = deadline
        return goOn()
    }
}
