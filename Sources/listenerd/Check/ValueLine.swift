import ListenerKit

/// A line of a value.
struct ValueLine {
    /// What supervisord reads of it, without the white space at both ends.
    let text: String
    /// The location of the line.
    let location: ConfigurationLocation
    /// Whether the rest of the line is a comment.
    let hasComment: Bool
    /// Whether the line before it shows that the value goes on, with a comma or a backslash at its end, or nothing after `=`.
    let isExpected: Bool
}

extension CheckedConfiguration {
    /// Calls a function with each option whose value has more than one line, its lines, and its section.
    func forEachLongValue(_ visit: (INIOption, [ValueLine], INISection) -> Void) {
        for section in configuration.document.sections + [configuration.document.defaults] {
            for option in section.options where option.text.utf8.contains(UInt8(ascii: "\n")) {
                visit(option, lines(of: option), section)
            }
        }
    }

    /// Returns the lines of a value, without those between them that are blank or comments.
    private func lines(of option: INIOption) -> [ValueLine] {
        let sourceLines = sources[option.location.file]
        guard let first = sources[option.location]?.strippedAsPython else {
            return []
        }
        let parts = option.text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        let start = parts[0]
        var found = [
            ValueLine(
                text: start,
                location: option.location,
                hasComment: !start.isEmpty && !Array(first.utf8).hasSuffix(start.utf8),
                isExpected: false
            )
        ]
        var rest = parts.dropFirst().filter { !$0.isEmpty }[...]
        var previous = start.isEmpty ? "=" : start
        for (index, line) in sourceLines.enumerated().dropFirst(option.location.line) {
            guard let text = rest.first else {
                break
            }
            let written = line.strippedAsPython
            guard written.utf8.starts(with: text.utf8) else {
                continue
            }
            rest.removeFirst()
            found.append(
                ValueLine(
                    text: text,
                    location: ConfigurationLocation(file: option.location.file, line: index + 1),
                    hasComment: written.utf8.count > text.utf8.count,
                    isExpected: [",", "\\", "="].contains { previous.hasSuffix($0) }
                )
            )
            previous = text
        }
        return found
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: String.UTF8View) -> Bool {
        self.suffix(suffix.count).elementsEqual(suffix)
    }
}
