import ListenerKit

/// How a restart goes on, in words.
extension RestartReducer {
    /// Returns what is being done, a line for each process, with the seconds that it has taken.
    func work(at now: ContinuousClock.Instant) -> [(name: ProcessName, words: String, elapsed: Duration)] {
        progress.indices.compactMap { index in
            let words: String
            switch progress[index].phase {
            case .stopping: words = "stopping"
            case .starting(_, _, let text): words = text
            case .waiting, .done, .failed: return nil
            }
            let elapsed = progress[index].beginning.map { $0.duration(to: now) } ?? .zero
            return (plan.targets[index].name, words, elapsed)
        }
    }

    /// Returns a sentence about what must come back before anything else is restarted; nil if nothing must.
    var wait: String? {
        let awaited = awaited
        return awaited.isEmpty ? nil : "waiting for \(listed(awaited.map { "\($0) (\(state(of: $0)))" }))"
    }

    /// Returns how a process stands, in words.
    func state(of name: ProcessName) -> String {
        if case .waiting(let reason) = latest.readiness[name] {
            return "not ready: \(reason)"
        }
        return latest.processes[name]?.state.name ?? "unknown"
    }
}
