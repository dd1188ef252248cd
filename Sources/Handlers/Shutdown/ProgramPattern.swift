public import ListenerKit

/// A process, or all of a group, as supervisorctl takes them; `!` in front takes them out.
public struct ProgramPattern: Sendable {
    /// Whether it takes out what it names.
    public let isExclusion: Bool
    /// The name of the group.
    public let group: String
    /// The name in that group; nil for all of it.
    public let process: String?

    /// Whether it names a process.
    func names(_ name: ProcessName) -> Bool {
        group == name.group && (process == nil || process == name.process)
    }
}

extension ProgramPattern: OptionValue {
    /// What it reads.
    public static var optionRequirement: String { "a program, GROUP:PROGRAM or GROUP:*, or one of these after '!'" }

    /// The pattern as it would be typed.
    public var optionText: String {
        let name = process.map { ProcessName(group: group, process: $0).description } ?? "\(group):*"
        return (isExclusion ? "!" : "") + name
    }

    /// Reads `web`, `group:web`, `group:*`, or one of these after `!`.
    ///
    /// - Parameter optionText: The pattern.
    public init?(optionText: String) {
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
