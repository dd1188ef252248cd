import ListenerKit

/// Some of the programs: those that are named, else all; without those that are excluded.
package struct ProgramSelection: Sendable {
    /// Every program.
    static let all = ProgramSelection(patterns: [])

    /// The patterns, in the order given.
    let patterns: [ProgramPattern]

    /// Returns whether a process belongs to it.
    func contains(_ name: ProcessName) -> Bool {
        guard !patterns.isEmpty else {
            return true
        }
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
    /// True.
    package static var isOptionList: Bool { true }

    /// The form of each pattern, for errors.
    package static var optionRequirement: String { ProgramPattern.optionRequirement }

    /// The selection as it would be typed; empty for all.
    package var optionText: String { patterns.optionText }

    /// Reads patterns separated by commas.
    ///
    /// - Parameter optionText: At least one pattern.
    package init?(optionText: String) {
        guard let patterns = [ProgramPattern](optionText: optionText) else {
            return nil
        }
        self.init(patterns: patterns)
    }
}
