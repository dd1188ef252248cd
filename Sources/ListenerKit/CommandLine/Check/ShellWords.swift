/// Splits a command into words, as supervisord does before it runs one.
///
/// - Parameter command: The command, with quotes and backslashes as in a shell; other characters have no special meaning.
/// - Returns: The words; nil if a quotation mark is not closed, or the last character is a backslash.
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
            // Within double quotes, a backslash is itself unless the next character can be escaped there.
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

/// Joins words into a value for `command=`, which ``shellWords(_:)`` splits into the same words.
///
/// - Parameter words: The words, without line breaks.
/// - Returns: The command, with doubled percent signs, and nothing that would start a comment.
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
    // A semicolon after white space would start a comment, and %(here)s would be replaced: a backslash prevents both.
    default: "\\\(scalar)"
    }
}
