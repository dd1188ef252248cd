/// Parses `KEY="value",OTHER=value`, the form of supervisord's `environment`.
///
/// supervisord splits it into words with Python's `shlex`, and takes four words at a time: key, `=`, value, and one that it
/// ignores. This does the same, so that it rejects what supervisord rejects.
struct EnvironmentPairs {
    /// Why text does not have that form.
    enum FormatError: Error, Equatable {
        case unclosedQuote
        case incompletePair(String)
    }

    private let scalars: [UnicodeScalar]
    private var index = 0

    /// Returns the variables that the text defines.
    static func read(_ text: String) throws(FormatError) -> [String: String] {
        var reader = EnvironmentPairs(scalars: Array(text.unicodeScalars))
        var words: [String] = []
        while let word = try reader.readWord() {
            words.append(word)
        }
        var variables: [String: String] = [:]
        for start in stride(from: 0, to: words.count, by: 4) {
            guard start + 2 < words.count, words[start + 1] == "=" else {
                throw .incompletePair(words[start])
            }
            variables[words[start]] = withoutQuotes(words[start + 2])
        }
        return variables
    }

    private static func withoutQuotes(_ word: String) -> String {
        var rest = word.unicodeScalars[...]
        while let first = rest.first, isQuote(first) {
            rest.removeFirst()
        }
        while let last = rest.last, isQuote(last) {
            rest.removeLast()
        }
        return String(rest)
    }

    private mutating func readWord() throws(FormatError) -> String? {
        var word = String.UnicodeScalarView()
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "#" {
                skipLine()
            } else if Self.isWhitespace(scalar) {
                index += 1
                if !word.isEmpty {
                    break
                }
            } else if Self.isQuote(scalar), word.isEmpty {
                return try readQuoted(scalar)
            } else if Self.isWordScalar(scalar) || Self.isQuote(scalar) {
                word.append(scalar)
                index += 1
            } else if word.isEmpty {
                index += 1
                return String(scalar)
            } else {
                break
            }
        }
        return word.isEmpty ? nil : String(word)
    }

    private mutating func readQuoted(_ quote: UnicodeScalar) throws(FormatError) -> String {
        guard let end = scalars[(index + 1)...].firstIndex(of: quote) else {
            throw .unclosedQuote
        }
        defer { index = end + 1 }
        return String(String.UnicodeScalarView(scalars[index...end]))
    }

    private mutating func skipLine() {
        index = scalars[index...].firstIndex(of: "\n").map { $0 + 1 } ?? scalars.count
    }

    private static func isQuote(_ scalar: UnicodeScalar) -> Bool {
        scalar == "\"" || scalar == "'"
    }

    private static func isWhitespace(_ scalar: UnicodeScalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n"
    }

    private static func isWordScalar(_ scalar: UnicodeScalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "/", ".", "+", "-", "(", ")", ":": true
        default: false
        }
    }
}

extension EnvironmentPairs.FormatError: CustomStringConvertible {
    /// The problem, and what to write instead, as the words that follow "KEY in [SECTION] ".
    var description: String {
        switch self {
        case .unclosedQuote: "has an unclosed quotation mark; what follows ' ;' or ' #' is a comment, even in quotes"
        case .incompletePair(let word):
            "is not a list of KEY=\"value\" pairs, from \(word.quoted) on; put values in quotes"
        }
    }
}
