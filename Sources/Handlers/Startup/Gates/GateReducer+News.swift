import ListenerKit

/// What programs write, and what the source of readiness learns.
extension GateReducer {
    /// Follows that gates of a process have passed, because of what it has written.
    ///
    /// - Parameters:
    ///   - gates: The gates, by their indices.
    ///   - process: The process.
    mutating func pass(_ gates: [Int], of process: ProcessName) {
        guard let index = indices[process] else {
            return
        }
        for gate in gates where processes[index].states.indices.contains(gate) {
            processes[index].states[gate].hasPassed = true
        }
        hasNews = true
    }
}

extension GateReducer {
    /// Follows what the source of readiness has learned.
    mutating func apply(_ news: ReadinessNews, at now: ContinuousClock.Instant) {
        switch news {
        case .finished(let attempt, let outcome): apply(outcome, ofAttempt: attempt, at: now)
        case .notified(let notification): apply(notification, at: now)
        case .asked(let question): ask(question, at: now)
        case .hungUp(let question): hangUp(question)
        case .warning(let message): decide(.report(.warning, message))
        case .declared(let process, let isReady):
            if let index = indices[process] {
                change(index) { $0.declare(isReady: isReady) }
            }
        }
    }

    /// The gates of a process that is up and whose gates have not passed, in words; nil for any other process.
    func openGates(of process: ProcessName) -> String? {
        guard let index = indices[process], processes[index].phase != .down, !processes[index].isReady else {
            return nil
        }
        let gates = processes[index].openGates
        return gates.isEmpty ? nil : gates
    }
}
