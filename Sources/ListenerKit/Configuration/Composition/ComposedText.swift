/// The text of a main file that was put together, with where its lines stem from.
struct ComposedText {
    /// The text.
    private(set) var text = ""
    /// Where lines, counted from 1, were taken from.
    private(set) var origins: [Int: ConfigurationLocation] = [:]
    /// Where options stand that a program's own value may replace.
    private(set) var replaceable: Set<ConfigurationLocation> = []
    private var lineCount = 0

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - line: The line, without its newline.
    ///   - origin: Where it was taken from.
    ///   - isReplaceable: Whether other values of its key come before it.
    mutating func append(_ line: String, from origin: ConfigurationLocation? = nil, isReplaceable: Bool = false) {
        text += "\(line)\n"
        lineCount += 1
        origins[lineCount] = origin
        if let origin, isReplaceable {
            replaceable.insert(origin)
        }
    }

    /// Adds a section, with an empty line before it.
    mutating func append(_ section: GeneratedSection) {
        append("")
        append("[\(section.name)]")
        for option in section.options {
            // Where a value goes on, it must be indented.
            let value = option.text.replacing(bytesOf: "\n", with: "\n ")
            append(lines: "\(option.key)=\(value)", from: option.location)
        }
    }

    private mutating func append(lines: String, from origin: ConfigurationLocation?) {
        for line in lines.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            append(String(Substring(line)), from: origin)
        }
    }
}
