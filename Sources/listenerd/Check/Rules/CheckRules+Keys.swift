import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about keys.
    static let keys = [unknownKey, misplacedKey]

    private static let unknownKey = CheckRule(.unknownKey) { checked, findings in
        /// How often a key stands there for which there is no advice but one, and so one finding.
        var counts: [String: Int] = [:]
        let keys = checked.strayKeys.filter { !$0.isMisplaced }.map { ($0, advice(for: $0, checked)) }
        for (key, advice) in keys where advice == nil {
            counts[key.key, default: 0] += 1
        }
        for (key, advice) in keys {
            let beginning =
                key.homes.isEmpty
                ? "\(key.key) in [\(key.section)] is a key that nothing reads"
                : "\(key.key) has no effect in [\(key.section)]"
            if let advice {
                findings.add(key.option.location, "\(beginning); \(advice)")
            } else if let count = counts.removeValue(forKey: key.key) {
                let more = count > 1 ? ", like \(count - 1) more of that name" : ""
                findings.add(key.option.location, "\(beginning)\(more); remove it")
            }
        }
    }

    private static let misplacedKey = CheckRule(
        "misplaced-key",
        .warning,
        "a key in a section where supervisord does not read it",
        reason: "It has no effect there, and the default value stays in force where it belongs.",
        basis: .keys
    ) { checked, findings in
        for key in checked.strayKeys where key.isMisplaced {
            // What runs programs has its keys in common.
            let homes = key.homes.contains(.program) ? [.program] : key.homes
            let places = homes.map { $0.pattern }.joined(separator: " or ")
            let advice = key.translation ?? "it belongs in \(places)"
            findings.add(key.option.location, "\(key.key) has no effect in [\(key.section)]; \(advice)")
        }
    }

    /// Returns what to write instead of a key that nothing reads; nil if it is like nothing that is known.
    private static func advice(for key: StrayKey, _ checked: CheckedConfiguration) -> String? {
        if let translation = key.translation {
            return translation
        }
        if let meant = key.meant {
            return "did you mean \(meant)=?"
        }
        guard key.kind?.runsPrograms ?? false, let name = checked.sources.variable(at: key.option.location) else {
            return nil
        }
        return "write a variable of the program in environment=, as in environment=\(name)=\"…\""
    }
}

extension StrayKey {
    /// Whether supervisord reads it in other sections, and it is not the word of another tool for a key of this one.
    fileprivate var isMisplaced: Bool {
        !homes.isEmpty && (kind?.runsPrograms != true || translation == nil)
    }
}
