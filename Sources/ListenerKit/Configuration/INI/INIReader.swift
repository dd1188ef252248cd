/// Reads a file as Python's `RawConfigParser` does when supervisord asks it to.
///
/// No input or output: bytes go in, sections come out.
package struct INIReader {
    private let file: String
    private let bytes: [UInt8]
    /// Where lines stem from that were put together from other files.
    private let origins: [Int: ConfigurationLocation]
    private var document: INIDocument
    private var allowsSections = true
    private var lineNumber = 0
    /// Nil before the first header; then the position of the section, which is nil for `[DEFAULT]`.
    private var section: Int??
    private var option: INIOption?
    private var indentation = 0
    /// Blank lines belong to a value only where more of it follows.
    private var blankLines = 0

    /// Reads a file into a document, after what was read into it before.
    ///
    /// - Parameters:
    ///   - bytes: What is in the file.
    ///   - file: Its path.
    ///   - origins: Where some of its lines, counted from 1, were taken from: they count as standing there.
    ///   - document: What the file is read into.
    /// - Throws: ``ConfigurationError`` for the first line that is nothing that such a file may contain.
    package static func read(
        _ bytes: [UInt8],
        file: String,
        origins: [Int: ConfigurationLocation] = [:],
        into document: inout INIDocument
    ) throws(ConfigurationError) {
        var reader = INIReader(file: file, bytes: bytes, origins: origins, document: document)
        // The document must have one owner only while it grows, or every change would copy it.
        document = INIDocument()
        try reader.readLines()
        document = reader.document
    }

    /// Reads a file of options alone, to see whether it may be put into sections elsewhere.
    ///
    /// - Throws: ``ConfigurationError`` for the first line that is not part of an option.
    package static func checkOptions(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
        var reader = INIReader(file: file, bytes: bytes, origins: [:], document: INIDocument())
        // They belong nowhere, which is all that a reader needs to know.
        reader.section = .some(nil)
        reader.allowsSections = false
        try reader.readLines()
    }

    private init(file: String, bytes: [UInt8], origins: [Int: ConfigurationLocation], document: INIDocument) {
        self.file = file
        self.bytes = bytes
        self.origins = origins
        self.document = document
    }

    private mutating func readLines() throws(ConfigurationError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw .malformed(at: ConfigurationLocation(file: file, line: 1), line: .byteOrderMark)
        }
        var start = 0
        while start < bytes.count {
            let line = Self.line(from: start, in: bytes)
            lineNumber += 1
            try readLine(INILine(start..<line.end, of: bytes))
            start = line.next
        }
        finishOption()
    }

    /// Where a line ends, and where the next one starts.
    package static func line(from start: Int, in bytes: [UInt8]) -> (end: Int, next: Int) {
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
        return (end, end + (isPair ? 2 : 1))
    }

    private mutating func readLine(_ line: INILine) throws(ConfigurationError) {
        if line.text.isEmpty {
            blankLines += line.isBlank ? 1 : 0
            return
        }
        if option != nil, line.indentation > indentation {
            let continuation = String(repeating: "\n", count: blankLines + 1) + text(line.text)
            option?.text += continuation
            blankLines = 0
            return
        }
        finishOption()
        indentation = line.indentation
        if let name = header(line.text) {
            guard allowsSections else {
                throw .malformed(at: location, line: .unexpectedSection(name))
            }
            section = .some(document.openSection(named: name, at: location))
        } else if section == nil {
            throw .malformed(at: location, line: .textBeforeSection(text(line.text)))
        } else {
            try readOption(line.text)
        }
    }

    /// The name in a header, which reaches to the last bracket of the line.
    private func header(_ line: Range<Int>) -> String? {
        guard bytes[line.lowerBound] == UInt8(ascii: "["),
            let end = bytes[line].lastIndex(of: UInt8(ascii: "]")), end > line.lowerBound + 1
        else {
            return nil
        }
        return text(line.lowerBound + 1..<end)
    }

    private mutating func readOption(_ line: Range<Int>) throws(ConfigurationError) {
        let delimiter = bytes[line].firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
        guard let delimiter, delimiter > line.lowerBound else {
            throw .malformed(at: location, line: .noDelimiter(text(line)))
        }
        let key = PythonWhitespace.trimming(line.lowerBound..<delimiter, of: bytes)
        let value = PythonWhitespace.trimming(delimiter + 1..<line.upperBound, of: bytes)
        option = INIOption(key: lowercased(key), text: text(value), location: location)
    }

    private mutating func finishOption() {
        blankLines = 0
        if let option = option.take(), let section {
            document.set(option, inSectionAt: section)
        }
    }

    private var location: ConfigurationLocation {
        origins[lineNumber] ?? ConfigurationLocation(file: file, line: lineNumber)
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func lowercased(_ range: Range<Int>) -> String {
        let isPlain = bytes[range].allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
        return isPlain ? text(range) : text(range).lowercased()
    }
}
