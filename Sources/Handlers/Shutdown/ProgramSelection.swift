public import ListenerKit

/// Some of the programs: those that are named, else all; without those that are taken out.
public struct ProgramSelection: Sendable {
    /// Every program.
    public static let all = ProgramSelection(patterns: [])

    /// What it is made of, in the order given.
    public let patterns: [ProgramPattern]

    /// Whether it has a process.
    func contains(_ name: ProcessName) -> Bool {
        var isNamed = false
        var namesSome = false
        for pattern in patterns {
            let matches = pattern.names(name)
            if pattern.isExclusion, matches {
                return false
            }
            namesSome = namesSome || !pattern.isExclusion
            isNamed = isNamed || matches
        }
        return isNamed || !namesSome
    }
}

extension ProgramSelection: OptionValue {
    /// What each pattern must be.
    public static var optionRequirement: String { ProgramPattern.optionRequirement }

    /// The selection as it would be typed; empty for all.
    public var optionText: String { patterns.optionText }

    /// Reads patterns separated by commas.
    ///
    /// - Parameter optionText: At least one pattern.
    public init?(optionText: String) {
        guard let patterns = [ProgramPattern](optionText: optionText) else {
            return nil
        }
        self.init(patterns: patterns)
    }
}
