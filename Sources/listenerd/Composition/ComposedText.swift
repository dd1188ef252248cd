import ListenerKit

/// The text of a main file that was put together, with where its lines stem from.
struct ComposedText {
    /// The text.
    private(set) var text = ""
    /// Where lines, counted from 1, were taken from; those that are new count as standing where the base begins, because the
    /// file that is made of them is nobody's.
    private(set) var origins: [Int: ConfigurationLocation] = [:]
    private let start: ConfigurationLocation
    private var lineCount = 0

    /// Begins.
    ///
    /// - Parameter base: The file that it is made of.
    init(of base: String) {
        start = ConfigurationLocation(file: base, line: 1)
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - line: The line, without its newline.
    ///   - origin: Where it was taken from; nil where it is new.
    mutating func append(_ line: String, from origin: ConfigurationLocation? = nil) {
        text += "\(line)\n"
        lineCount += 1
        origins[lineCount] = origin ?? start
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
