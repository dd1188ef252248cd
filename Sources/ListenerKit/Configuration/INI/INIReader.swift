/// Parses a file as Python's `RawConfigParser` does with the options that supervisord gives it.
///
/// It does no I/O: its input is bytes, its output sections.
package struct INIReader {
    private let file: String
    private let bytes: [UInt8]
    /// The locations that lines of a composed file were taken from.
    private let origins: [Int: ConfigurationLocation]
    private var document: INIDocument
    private var allowsSections = true
    private var lineNumber = 0
    /// The position of the current section, which is nil for `[DEFAULT]`; nil before the first header.
    private var section: Int??
    private var option: INIOption?
    private var indentation = 0
    /// The number of blank lines so far, which belong to a value only if more of it follows.
    private var blankLines = 0

    /// Parses a file into a document, after the files that were read into it before.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - file: The path of the file.
    ///   - origins: The locations that some of its lines, counted from 1, were taken from: these become their locations.
    ///   - document: The document.
    /// - Throws: ``ConfigurationError`` for the first line that is not valid.
    package static func read(
        _ bytes: [UInt8],
        file: String,
        origins: [Int: ConfigurationLocation] = [:],
        into document: inout INIDocument
    ) throws(ConfigurationError) {
        var reader = INIReader(file: file, bytes: bytes, origins: origins, document: document)
        // While it grows, the document must have only one owner, or every change would copy it.
        document = INIDocument()
        try reader.readLines()
        document = reader.document
    }

    /// Checks a file of common options, whose lines are added to sections elsewhere.
    ///
    /// - Throws: ``ConfigurationError`` for the first line that is not part of an option.
    package static func checkOptions(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
        var reader = INIReader(file: file, bytes: bytes, origins: [:], document: INIDocument())
        // The options belong to no section; the reader only has to know that there is one.
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

    /// Returns the end of a line, and the start of the next one.
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

    /// Returns the name in a header, which extends to the last bracket of the line; nil if it is not a header.
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
