import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about text that is indented, and so continues the value above it.
    static let continuations = [swallowedSection, swallowedKey]

    private static let swallowedSection = CheckRule(
        "swallowed-section",
        .warning,
        "a section header that is indented under a value",
        reason: """
            An indented line continues the value above it: the section does not exist, and its keys are set elsewhere.
            """
    ) { checked, findings in
        checked.forEachContinuation { line, option, _ in
            guard line.text.utf8.first == UInt8(ascii: "["), line.text.utf8.last == UInt8(ascii: "]"),
                SectionKind(sectionName: String(line.text.dropFirst().dropLast())) != nil
            else {
                return
            }
            let message = "\(line.text) is indented, so it is part of \(option.key)=; remove the indentation"
            findings.add(line.location, message)
        }
    }

    private static let swallowedKey = CheckRule(
        "swallowed-key",
        .warning,
        "a key that is indented under the value of another one",
        reason: """
            An indented line continues the value above it: the key is not set, and the value above has it in its text.
            """
    ) { checked, findings in
        checked.forEachContinuation { line, option, section in
            guard let kind = SectionKind(sectionName: section.name),
                let end = line.text.utf8.firstIndex(of: UInt8(ascii: "="))
            else {
                return
            }
            let key = String(line.text[..<end]).strippedAsPython
            let known = SupervisordKey.names(in: kind) + (kind.runsPrograms ? StartupKeys.all : [])
            guard known.contains(key), !line.isExpected else {
                return
            }
            findings.add(line.location, "\(key)= is indented, so it is part of \(option.key)=; remove the indentation")
        }
    }
}

/// A line that continues the value of an option.
private struct ContinuationLine {
    /// The text without the white space at both ends.
    let text: String
    /// The location of the line.
    let location: ConfigurationLocation
    /// Whether the line before it shows that the value goes on, with a comma or a backslash at its end, or nothing after `=`.
    let isExpected: Bool
}

extension CheckedConfiguration {
    /// Calls a function with each line that continues a value.
    fileprivate func forEachContinuation(_ report: (ContinuationLine, INIOption, INISection) -> Void) {
        for section in configuration.document.sections {
            for option in section.options where option.text.utf8.contains(UInt8(ascii: "\n")) {
                for line in continuations(of: option) {
                    report(line, option, section)
                }
            }
        }
    }

    private func continuations(of option: INIOption) -> [ContinuationLine] {
        let lines = sources[option.location.file]
        guard let first = sources[option.location] else {
            return []
        }
        var rest = option.text.split(separator: "\n").dropFirst()[...]
        var previous = first.strippedAsPython
        var found: [ContinuationLine] = []
        for (index, line) in lines.enumerated().dropFirst(option.location.line) {
            guard let expected = rest.first else {
                break
            }
            let text = String(expected)
            // Comments and blank lines may stand between.
            guard line.strippedAsPython.utf8.starts(with: text.utf8) else {
                continue
            }
            rest.removeFirst()
            let location = ConfigurationLocation(file: option.location.file, line: index + 1)
            let isExpected = [",", "\\", "="].contains { previous.hasSuffix($0) }
            found.append(ContinuationLine(text: text, location: location, isExpected: isExpected))
            previous = text
        }
        return found
    }
}
