import ListenerKit

/// Names that no process and no group has.
struct UnknownRestartNames: Error, Equatable {
    /// Each name, with what was probably meant or why nothing has it, as a clause without a full stop; nil if nothing is near.
    let names: [(name: String, advice: String?)]

    /// A sentence about each of them, without a full stop.
    var sentences: [String] {
        names.map { name, advice in
            let what =
                switch RestartName(name) {
                case .group: "group"
                case .all, .process: "process"
                }
            return "no \(what) is named '\(name)'" + (advice.map { "; \($0)" } ?? "")
        }
    }

    static func == (one: UnknownRestartNames, other: UnknownRestartNames) -> Bool {
        one.sentences == other.sentences
    }
}
