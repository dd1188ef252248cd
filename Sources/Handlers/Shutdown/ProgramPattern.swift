import ListenerKit

/// A process, or all processes of a group, as supervisorctl names them; with `!` in front it excludes them.
package struct ProgramPattern: Sendable {
    /// Whether it excludes what it names.
    let isExclusion: Bool
    /// The name of the group.
    let group: String
    /// The name in that group; nil for all of it.
    let process: String?

    /// Returns whether it names a process.
    func names(_ name: ProcessName) -> Bool {
        group == name.group && (process == nil || process == name.process)
    }
}

extension ProgramPattern: OptionValue {
    /// The form of the text, for errors.
    package static var optionRequirement: String { "a program, GROUP:PROGRAM or GROUP:*, or one of these after '!'" }

    /// The pattern as it would be typed.
    package var optionText: String {
        let name = process.map { ProcessName(group: group, process: $0).description } ?? "\(group):*"
        return (isExclusion ? "!" : "") + name
    }

    /// Reads `web`, `group:web`, `group:*`, or one of these after `!`.
    ///
    /// - Parameter optionText: The pattern.
    package init?(optionText: String) {
        isExclusion = optionText.hasPrefix("!")
        let parts = optionText.dropFirst(isExclusion ? 1 : 0).split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let group = parts.first, !group.isEmpty, let process = parts.last else {
            return nil
        }
        self.group = String(group)
        self.process = process.isEmpty || process == "*" && parts.count > 1 ? nil : String(process)
    }
}
