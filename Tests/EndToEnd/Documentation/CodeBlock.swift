/// A fenced block of a page, with the comment before it that says how it is tested.
struct CodeBlock: Sendable {
    /// The language of its fence; empty if there is none.
    let language: String
    /// The text of a comment `<!-- test: … -->` directly before it.
    let mark: String?
    /// Its lines.
    let lines: [String]
    /// The number of its fence's line in the page.
    let line: Int

    /// Its lines, each ended.
    var text: String { lines.map { $0 + "\n" }.joined() }
}
