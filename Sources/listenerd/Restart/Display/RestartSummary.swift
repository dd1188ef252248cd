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
        var restarted: [String] = []
        var others: [(words: String, names: [String])] = []
        var untouched: [String] = []
        for (target, progress) in zip(reducer.plan.targets, reducer.progress) {
            let isUp = [.up, .completed].contains(reducer.standing(of: target.name))
            if progress.isWaiting {
                untouched.append(target.name.description)
            } else if progress.isDone, isUp {
                restarted.append(target.name.description)
            } else {
                others.append((words(target.name), [target.name.description]))
            }
        }
        let lists = [("restarted", restarted)] + others.merged + [("not touched", untouched)]
        return ([reason] + lists.filter { !$0.1.isEmpty }.map { "\($0.0): \(Self.list($0.1))" }).joined(separator: "; ")
    }

    private func words(_ name: ProcessName) -> String {
        switch reducer.latest.processes[name]?.state {
        case .running: "running, but not ready"
        case .starting: "starting"
        case let state: "down, \(state?.name ?? "unknown")"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.count <= mostNames
            ? listed(names) : listed(names.prefix(mostNames - 1) + ["\(names.count - mostNames + 1) more"])
    }
}

extension [(words: String, names: [String])] {
    /// The lists with the same words as one.
    fileprivate var merged: [(String, [String])] {
        var lists: [(String, [String])] = []
        for (words, names) in self {
            if let index = lists.firstIndex(where: { $0.0 == words }) {
                lists[index].1 += names
            } else {
                lists.append((words, names))
            }
        }
        return lists
    }
}
