/// Splits a command into words, as supervisord does before it runs one.
///
/// - Parameter command: The command, with quotes and backslashes as in a shell; nothing else has a meaning.
/// - Returns: The words; nil if a quote is not closed, or a backslash stands last.
package func shellWords(_ command: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = command[...]
    while let character = rest.popFirst() {
        switch character {
        case "\\" where quote != "'":
            guard let next = rest.popFirst() else {
                return nil
            }
            // Between double quotes a backslash stands for itself, unless it precedes what it can escape there.
            let isPlain = quote == "\"" && next != "\"" && next != "\\"
            word = (word ?? "") + (isPlain ? "\\" : "") + String(next)
        case _ where quote == nil && "\"'".contains(character):
            quote = character
            word = word ?? ""
        case quote: quote = nil
        case _ where quote == nil && character.isWhitespace:
            words += word.map { [$0] } ?? []
            word = nil
        default: word = (word ?? "") + String(character)
        }
    }
    return quote == nil ? words + (word.map { [$0] } ?? []) : nil
}

/// Joins words into a command for `command=`, which ``shellWords(_:)`` splits again.
///
/// - Parameter words: The words; none has a line break.
/// - Returns: The command, with percent signs doubled, and nothing in it that would begin a comment.
package func shellCommand(_ words: [String]) -> String {
    words.map { word in
        word.isEmpty ? "\"\"" : word.unicodeScalars.map { shellEscaped($0) }.joined()
    }
    .joined(separator: " ")
}

private func shellEscaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "%": "%%"
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "=", "+", "/", ".", ",", ":", "@", "~": String(scalar)
    case _ where scalar.value >= 0x80: String(scalar)
    // A comment begins at a semicolon after white space, and %(here)s is replaced as text: a backslash prevents both.
    default: "\\\(scalar)"
    }
}
