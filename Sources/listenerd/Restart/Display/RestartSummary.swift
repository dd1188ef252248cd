import ListenerKit

/// What stands how after a restart that has ended early.
struct RestartSummary {
    /// More names are only counted.
    private static let mostNames = 10

    private let reducer: RestartReducer
    /// The signal that ended it; nil if none did.
    private let signal: Signal?

    init(_ reducer: RestartReducer, signal: Signal?) {
        self.reducer = reducer
        self.signal = signal
    }

    /// Why it has ended early; nil if everything was restarted.
    private var reason: String? {
        if let loss = reducer.loss {
            return loss
        }
        if let failure = reducer.failure {
            return failure.sentence
        }
        return signal.flatMap { reducer.progress.allSatisfy(\.isDone) ? nil : "ended by \($0)" }
    }

    /// The sentence, without a full stop; nil if everything was restarted.
    var sentence: String? {
        guard let reason else {
            return nil
        }
        var lists = Lists()
        for (target, progress) in zip(reducer.plan.targets, reducer.progress) {
            let name = target.name.description
            let state = state(of: target.name, progress)
            switch state {
            case _ where progress.isWaiting: lists.untouched.append(name)
            case .running where progress.isDone: lists.restarted.append(name)
            case .exited where progress.isDone && reducer.standing(of: target.name) == .completed:
                lists.restarted.append(name)
            case .running where reducer.plan[rulesOf: target.name].hasGates: lists.unready.append(name)
            case .running: lists.running.append(name)
            case .starting: lists.starting.append(name)
            default: lists.down.append("\(name) (\(state?.name ?? "unknown"))")
            }
        }
        return ([reason] + lists.clauses).joined(separator: "; ")
    }

    /// Returns how a process stands; supervisord may have been lost before it was seen what a call has done.
    private func state(of name: ProcessName, _ progress: TargetProgress) -> ProcessState? {
        let state = reducer.latest.processes[name]?.state
        return switch (progress.phase, state) {
        case (.stopping, .running), (.stopping, .starting), (.stopping, .backoff): .stopping
        case (.starting, .stopped) where reducer.loss != nil: .starting
        default: state
        }
    }

    /// The targets by how they stand.
    private struct Lists {
        var restarted: [String] = []
        var unready: [String] = []
        var running: [String] = []
        var starting: [String] = []
        var down: [String] = []
        var untouched: [String] = []

        /// The lists that are not empty, a clause each.
        var clauses: [String] {
            [
                ("restarted", restarted), ("running", running), ("running, but not ready", unready),
                ("starting", starting), ("down", down), ("not touched", untouched),
            ].filter { !$1.isEmpty }.map { "\($0): \(RestartSummary.list($1))" }
        }
    }

    private static func list(_ names: [String]) -> String {
        names.count <= mostNames
            ? listed(names) : listed(names.prefix(mostNames - 1) + ["\(names.count - mostNames + 1) more"])
    }
}
