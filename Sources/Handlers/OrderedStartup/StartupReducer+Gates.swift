import ListenerKit

/// Gates: what they wait for, and what follows from them.
extension StartupReducer {
    /// Follows what the source of readiness has learned.
    ///
    /// - Parameters:
    ///   - news: The news, in their order.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ news: [ReadinessNews], at now: ContinuousClock.Instant) -> [StartupCommand] {
        for item in news {
            gates.apply(item, at: now)
        }
        return conclude([], at: now)
    }

    /// Reads a piece of output of a process.
    ///
    /// - Returns: The gates of that process that pass by it, by their indices; nearly all output passes none.
    mutating func gatesPassed(by event: ProcessLogEvent) -> [Int] {
        gates.output.apply(event)
    }

    /// Reads a text that a process has sent through supervisord.
    ///
    /// - Returns: The gates of that process that pass by it, by their indices.
    mutating func gatesPassed(by event: ProcessCommunicationEvent) -> [Int] {
        gates.output.apply(event)
    }

    /// Follows that gates have passed by what a process has written.
    ///
    /// - Parameters:
    ///   - passed: The gates, by their indices.
    ///   - process: The process.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ passed: [Int],
        of process: ProcessName,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        gates.pass(passed, of: process)
        return conclude([], at: now)
    }

    /// Follows a snapshot as far as gates are concerned: first, so that a process which has been replaced does not count as ready
    /// because the one before it was.
    mutating func followGates(in snapshot: Snapshot, at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard !gates.isEmpty else {
            return []
        }
        gates.apply(snapshot, at: now)
        return followGates(at: now)
    }

    /// Tells again how the gates stand, after a snapshot: what was known of a process may have been forgotten, because it may have been
    /// replaced, or the process may not have mattered before.
    mutating func restoreReadiness(at now: ContinuousClock.Instant) -> [StartupCommand] {
        gates.processes.flatMap { process in
            if process.isReady {
                progress.setReady(process.name, at: now)
            } else if let failure = process.failure {
                progress.setNotReady(process.name, because: failure, at: now)
            } else {
                [StartupCommand]()
            }
        }
    }

    /// Has gates tried that programs wait for, and goes on from those that have passed.
    mutating func followGates(at now: ContinuousClock.Instant) -> [StartupCommand] {
        var commands: [StartupCommand] = []
        while true {
            if progress.areWaitersChanged {
                progress.areWaitersChanged = false
                gates.setAwaited { [progress] in progress.isReadinessAwaited(of: $0) }
            }
            let decisions = gates.decide(at: now)
            guard !decisions.isEmpty else {
                return commands
            }
            for decision in decisions {
                commands += follow(decision, at: now)
            }
        }
    }

    private mutating func follow(_ decision: GateDecision, at now: ContinuousClock.Instant) -> [StartupCommand] {
        switch decision {
        case .begin(let attempt): return [.beginAttempt(attempt)]
        case .cancel(let attempt): return [.cancelAttempt(attempt)]
        case .becameReady(let process, let duration):
            let isAwaited = progress.isReadinessAwaited(of: process)
            return [.reportReady(process, after: duration, isAwaited: isAwaited)] + progress.setReady(process, at: now)
        case .becameUnready(let process):
            progress.setUnready(process)
            return []
        case .failed(let process, let reason): return progress.setNotReady(process, because: reason, at: now)
        case .requestSnapshot(let delay): return [.requestSnapshot(after: delay)]
        case .report(let level, let message): return [.report(level, message)]
        case .answer(let question): return [.answer(question: question, gates.report)]
        }
    }
}
