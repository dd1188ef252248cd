import ListenerKit

/// The text of a composed main file, with the locations that its lines were taken from.
struct ComposedText {
    /// The text.
    private(set) var text = ""
    /// The locations that its lines, counted from 1, were taken from.
    ///
    /// New lines have the location of the base's first line, because the user does not know the composed file.
    private(set) var origins: [Int: ConfigurationLocation] = [:]
    private let start: ConfigurationLocation
    private var lineCount = 0

    /// Makes an empty text.
    ///
    /// - Parameter base: The path of the base.
    init(of base: String) {
        start = ConfigurationLocation(file: base, line: 1)
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - line: The line, without its newline.
    ///   - origin: The location that it was taken from; nil if it is new.
    mutating func append(_ line: String, from origin: ConfigurationLocation? = nil) {
        text += "\(line)\n"
        lineCount += 1
        origins[lineCount] = origin ?? start
    }

    /// Adds a section, with an empty line before it.
    mutating func append(_ section: GeneratedSection) {
        append("")
        append("[\(section.name)]", from: section.location)
        for option in section.options {
            append(option)
        }
    }

    /// Adds an option to the last section.
    mutating func append(_ option: GeneratedSection.Option) {
        // The continuation lines of a value must be indented.
        let value = option.text.replacing(bytesOf: "\n", with: "\n ")
        append(lines: "\(option.key)=\(value)", from: option.location)
    }

    private mutating func append(lines: String, from origin: ConfigurationLocation?) {
        for line in lines.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            append(String(Substring(line)), from: origin)
        }
    }
}
