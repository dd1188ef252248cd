import ListenerKit

/// Comments that disable rules for one line: `; listenerd: disable=RULE[,RULE]`, at its end or directly above it.
struct DisablingComments {
    /// The rule by which a comment is reported that names none.
    static let unknownRule = ConfigurationRule(
        "unknown-rule",
        .warning,
        "a comment that disables a rule which does not exist",
        reason: "It disables nothing."
    )

    /// The problems with the comments themselves.
    private(set) var problems: [ConfigurationProblem] = []
    private var disabled: [ConfigurationLocation: Set<String>] = [:]

    /// Finds the comments in files.
    init(in paths: [String], _ sources: SourceFiles) {
        for path in paths {
            add(sources[path], path)
        }
    }

    /// Returns whether a comment disables the rule of a problem for its line.
    func disable(_ problem: ConfigurationProblem) -> Bool {
        disabled[problem.location]?.contains(problem.rule.name) ?? false
    }

    private mutating func add(_ lines: [String], _ path: String) {
        var above: Set<String> = []
        for (index, line) in lines.enumerated() {
            let bytes = Array(line.utf8)[...]
            let first = bytes.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            let isComment = first == UInt8(ascii: ";") || first == UInt8(ascii: "#")
            let location = ConfigurationLocation(file: path, line: index + 1)
            above.formUnion(names(in: bytes, at: location))
            if !above.isEmpty {
                disabled[location] = above
            }
            above = isComment ? above : []
        }
    }

    /// Returns the rules that a line names, after reporting those that do not exist.
    private mutating func names(in line: ArraySlice<UInt8>, at location: ConfigurationLocation) -> [String] {
        guard let text = Self.instruction(in: line) else {
            return []
        }
        let names = text.split(separator: ",").compactMap { $0.split(separator: " ").first.map { String($0) } }
        for name in names where CheckedRule(optionText: name) == nil {
            let nearest = Suggestion.nearest(to: name, among: CheckedRule.optionWords)
            let advice = nearest.map { "did you mean '\($0)'?" } ?? "listenerd check --rules lists them"
            let message = "\(name.quoted) is no rule, so that the comment disables nothing; \(advice)"
            problems.append(ConfigurationProblem(Self.unknownRule, at: location, message))
        }
        return names
    }

    /// Returns what follows `listenerd: disable=` in the comment of a line.
    private static func instruction(in line: ArraySlice<UInt8>) -> String? {
        guard let index = line.firstOccurrence(of: "listenerd:".utf8) else {
            return nil
        }
        let before = line[..<index].dropLast { $0 == UInt8(ascii: " ") }
        let sign = before.last
        guard sign == UInt8(ascii: ";") || sign == UInt8(ascii: "#"),
            before.dropLast().last.map({ PythonWhitespace.isWhitespace($0) || $0 == sign }) ?? true
        else {
            return nil
        }
        let text = line[(index + "listenerd:".utf8.count)...].drop { $0 == UInt8(ascii: " ") }
        guard text.starts(with: "disable=".utf8) else {
            return nil
        }
        return String(decoding: text.dropFirst("disable=".utf8.count), as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    /// Returns the bytes without those at the end for which a condition holds.
    fileprivate func dropLast(while isDropped: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let end = lastIndex { !isDropped($0) }
        return end.map { self[...$0] } ?? []
    }
}
