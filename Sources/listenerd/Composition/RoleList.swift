import ListenerKit

/// Names of roles as they are chosen: `web, worker`.
struct RoleList: Equatable, Sendable {
    /// The names, each once, in the order given.
    let names: [String]

    /// Reads names that are separated by commas.
    ///
    /// Scripts put such lists together, so nothing between two commas, or behind the last one, is harmless.
    ///
    /// - Parameter text: The names, with white space around them or not.
    init(_ text: String) {
        var seen: Set<String> = []
        names = text.utf8.split(separator: UInt8(ascii: ","))
            .map { String(Substring($0)).strippedAsPython }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension RoleList: OptionValue {
    /// The names, separated by commas.
    var optionText: String { names.joined(separator: ",") }

    /// Reads an argument; an empty one chooses nothing, because an empty variable stands for it in scripts.
    init?(optionText: String) {
        self.init(optionText)
    }
}
