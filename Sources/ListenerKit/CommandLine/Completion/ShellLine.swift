/// The words of an unfinished command line, as a shell splits it.
struct ShellLine {
    /// The words without their quotes; the last one is being typed, and may be empty.
    private(set) var words = [""]
    /// The quotation mark that is open at the end; nil if none is.
    private(set) var quote: Character?

    /// Splits a line; variables and the like stay as they are typed.
    ///
    /// - Parameters:
    ///   - line: The line, up to the cursor.
    ///   - isWord: Whether it is a single word.
    init(_ line: some StringProtocol, isWord: Bool = false) {
        var rest = Substring(line)
        while let character = rest.popFirst() {
            switch character {
            case "\\" where quote == nil:
                append(rest.popFirst())
            case "\\" where quote == "\"":
                let next = rest.first.flatMap { "\\\"$`".contains($0) ? rest.popFirst() : nil }
                append(next ?? character)
            case quote: quote = nil
            case "\"" where quote == nil, "'" where quote == nil: quote = character
            case " " where quote == nil && !isWord, "\t" where quote == nil && !isWord:
                if words.last != "" {
                    words.append("")
                }
            default: append(character)
            }
        }
    }

    private mutating func append(_ character: Character?) {
        if let character {
            words[words.count - 1].append(character)
        }
    }

    /// Returns text as it is typed at the end of the line.
    ///
    /// - Parameter text: The text.
    /// - Returns: The text, with a backslash before what has a meaning for the shell there.
    func quoted(_ text: some StringProtocol) -> String {
        switch quote {
        case "'": text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
        case "\"": escaped(text) { "\\\"$`".contains($0) }
        default: escaped(text) { " \t\\\"'$`!#&()*;<>?[]^{|}~".contains($0) }
        }
    }

    private func escaped(_ text: some StringProtocol, _ isSpecial: (Character) -> Bool) -> String {
        text.map { isSpecial($0) ? "\\\($0)" : String($0) }.joined()
    }
}
