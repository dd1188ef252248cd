import ListenerKit

/// A list of role names, as in `--roles`: `web, worker`.
struct RoleList: Equatable, Sendable {
    /// The names, each once, in the order given.
    let names: [String]

    /// Parses names that are separated by commas.
    ///
    /// Empty names are ignored, because scripts that build such lists leave superfluous commas.
    ///
    /// - Parameter text: The names; white space around them is ignored.
    init(_ text: String) {
        var seen: Set<String> = []
        names = text.utf8.split(separator: UInt8(ascii: ","))
            .map { String(Substring($0)).strippedAsPython }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension RoleList: OptionValue {
    /// True.
    static var isOptionList: Bool { true }

    /// The names, separated by commas.
    var optionText: String { names.joined(separator: ",") }

    /// Parses an argument; an empty one chooses no role, because a script may pass an empty variable.
    init?(optionText: String) {
        self.init(optionText)
    }
}
