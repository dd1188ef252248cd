/// Divides a command into words, as supervisord does before it runs one.
///
/// - Parameter command: The command, with quotes and backslashes as in a shell; nothing else has a meaning.
/// - Returns: The words; nil where a quote is not closed, or a backslash stands last.
func shellWords(_ command: String) -> [String]? {
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
            // Between double quotes a backslash is one, unless it stands before what it can escape there.
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
