import ListenerKit

extension CheckRules {
    /// The rules about sections.
    static let sections = [unknownSection, unnamedSection]

    private static let unknownSection = CheckRule(
        "unknown-section",
        .warning,
        "a section that supervisord does not read, and that was probably meant to be one that it does",
        reason: "supervisord ignores such a section silently: its program never starts, its setting has no effect.",
        basis: .keys
    ) { checked, findings in
        for section in checked.configuration.document.sections where SectionKind(sectionName: section.name) == nil {
            if !isTemplate(section.name), let meant = meaning(of: section) {
                findings.add(section.location, "supervisord ignores [\(section.name)]; did you mean [\(meant)]?")
            }
        }
    }

    private static let unnamedSection = CheckRule(
        "unnamed-section",
        .warning,
        "a section that should have a name after the colon",
        reason: "supervisord accepts the empty name, under which nobody finds it in logs, events and supervisorctl."
    ) { checked, findings in
        for section in checked.configuration.document.sections {
            if let kind = SectionKind(sectionName: section.name), kind.hasName,
                section.name.strippedAsPython.utf8.last == UInt8(ascii: ":"),
                section.name.strippedAsPython.utf8.count == kind.rawValue.utf8.count + 1
            {
                findings.add(section.location, "[\(section.name)] has no name; write \(kind.pattern)")
            }
        }
    }

    /// Returns the name of the section that was probably meant; nil if it looks like another tool's.
    private static func meaning(of section: INISection) -> String? {
        let name = section.name.split { "[]".contains($0) }.first.map { String($0).strippedAsPython } ?? ""
        let end = name.utf8.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "=") }
        let word = String(name[..<(end ?? name.endIndex)])
        let rest = end.map { String(name[$0...].drop { ": =".contains($0) }) } ?? ""
        if let kind = kind(nearTo: word.lowercased()) {
            let name = rest.isEmpty ? kind == .remoteInterface ? "supervisor" : "x" : rest
            return kind.hasName ? "\(kind.rawValue):\(name)" : kind.rawValue
        }
        return kind(byKeysOf: section).map { "\($0.rawValue):\(rest.isEmpty ? ownName(name, $0) : rest)" }
    }

    /// Whether a section is by its name a text that another tool puts into others: `[x-common]`, `[program-defaults]`.
    private static func isTemplate(_ name: String) -> Bool {
        let words = name.lowercased().split { "-_. ".contains($0) }
        guard words.count > 1, !name.utf8.contains(UInt8(ascii: ":")) else {
            return name.hasPrefix("x-")
        }
        return words.first == "x" || ["default", "defaults", "template"].contains(words[words.count - 1])
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
