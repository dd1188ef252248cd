import ListenerKit

/// Processes that count as running only once their gates have passed.
extension StartupProgress {
    /// Returns whether a program waits for a process to be running.
    func isReadinessAwaited(of process: ProcessName) -> Bool {
        guard let index = indices[process] else {
            return false
        }
        return memberships[index].contains { parents[$0].awaited.contains(.running) }
    }

    /// Follows that all gates of a process have passed while it was RUNNING.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func setReady(_ process: ProcessName, at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard let index = indices[process] else {
            return []
        }
        processes[index].isReady = true
        if isNotReady(index) {
            _ = setFailure(nil, index)
        }
        reach(.running, index)
        return startReadyPrograms(at: now)
    }

    /// Follows that the gates of a process are shut again; what waited for it has gone on.
    mutating func setUnready(_ process: ProcessName) {
        guard let index = indices[process] else {
            return
        }
        processes[index].isReady = false
        if isNotReady(index) {
            _ = setFailure(nil, index)
        }
    }

    /// Follows that the gates of a process have not passed in time.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - reason: Why, in words that follow "is".
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func setNotReady(
        _ process: ProcessName,
        because reason: String,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard let index = indices[process], processes[index].failure == nil else {
            return []
        }
        return setFailure(.notReady(reason), index) + startReadyPrograms(at: now)
    }

    /// Whether a process counts as failed only because its gates have not passed in time.
    func isNotReady(_ index: Int) -> Bool {
        if case .notReady = processes[index].failure { true } else { false }
    }
}
