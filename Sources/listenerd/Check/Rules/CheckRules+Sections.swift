import ListenerKit

extension CheckRules {
    /// The rules about sections.
    static let sections = [unknownSection]

    private static let unknownSection = CheckRule(
        "unknown-section",
        .warning,
        "a section that supervisord does not read, and that was probably meant to be one that it does",
        reason: "supervisord ignores such a section silently: its program never starts, its setting has no effect."
    ) { checked, findings in
        for section in checked.configuration.document.sections where SectionKind(sectionName: section.name) == nil {
            if let meant = meaning(of: section) {
                findings.add(section.location, "supervisord ignores [\(section.name)]; did you mean [\(meant)]?")
            }
        }
    }

    /// Returns the name of the section that was probably meant; nil if it looks like another tool's.
    private static func meaning(of section: INISection) -> String? {
        let name = section.name.strippedAsPython
        let end = name.utf8.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "=") }
        let word = String(name[..<(end ?? name.endIndex)])
        let rest = end.map { String(name[$0...].drop { ": =".contains($0) }) } ?? ""
        if let kind = kind(nearTo: word.lowercased()) {
            return kind.hasName ? "\(kind.rawValue):\(rest.isEmpty ? "x" : rest)" : kind.rawValue
        }
        return kind(byKeysOf: section).map { "\($0.rawValue):\(ownName(name, $0))" }
    }

    private static func kind(nearTo word: String) -> SectionKind? {
        if let meant = synonyms[word] {
            return meant
        }
        let words = SectionKind.allCases.map { $0.rawValue }
        return Suggestion.nearest(to: word, among: words).flatMap { SectionKind(rawValue: $0) }
    }

    private static let synonyms: [String: SectionKind] = ["fcgi": .fastCGIProgram, "fastcgi-program": .fastCGIProgram]

    /// Returns the kind of section that has such keys: a command, or programs of a group.
    private static func kind(byKeysOf section: INISection) -> SectionKind? {
        if section["command"] != nil {
            return section["events"] != nil ? .eventListener : .program
        }
        return section["programs"] != nil ? .group : nil
    }

    /// Returns the part of a name after `program-`, `program_` or `program.`.
    private static func ownName(_ name: String, _ kind: SectionKind) -> String {
        let rest = name.utf8.dropFirst(kind.rawValue.utf8.count)
        guard name.utf8.starts(with: kind.rawValue.utf8), let separator = rest.first, "-_.".utf8.contains(separator)
        else {
            return name
        }
        return String(Substring(rest.dropFirst()))
    }
}
