import Testing

@testable import ListenerKit

/// The expectations were taken from what Python's parser makes of the same text.
@Suite struct INIReaderTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let text: String
        let options: [String: String]
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ options: [String: String]) {
            self.text = text
            self.options = options
        }
    }

    static func read(_ text: String) throws(ConfigurationError) -> INIDocument {
        var document = INIDocument()
        try INIReader.read(Array(text.utf8), file: "f", into: &document)
        return document
    }

    static func options(_ text: String) throws -> [String: String] {
        let section = try #require(read(text).section(named: "s"))
        return Dictionary(uniqueKeysWithValues: section.options.map { ($0.key, $0.text) })
    }

    @Test(arguments: [
        Reading("a=1", ["a": "1"]),
        Reading("a: 1", ["a": "1"]),
        Reading("a = b:c=d", ["a": "b:c=d"]),
        Reading("a:b=c", ["a": "b=c"]),
        Reading("A B = 1", ["a b": "1"]),
        Reading("É=1", ["é": "1"]),
        Reading("a=", ["a": ""]),
        Reading("a\t=\t1 ", ["a": "1"]),
        Reading("  a=1\n  b=2", ["a": "1", "b": "2"]),
        Reading("[s=1", ["[s": "1"]),
        Reading("[]=1", ["[]": "1"]),
    ])
    func keysAndValuesAreSplitAtTheFirstDelimiter(reading: Reading) throws {
        #expect(try Self.options("[s]\n" + reading.text) == reading.options)
    }

    @Test(arguments: [
        Reading("a=1 ; x", ["a": "1"]),
        Reading("a=1 # x", ["a": "1"]),
        Reading("a=1\t#x", ["a": "1"]),
        Reading("a=1#x", ["a": "1#x"]),
        Reading("a=1;x", ["a": "1;x"]),
        Reading("a=echo \"x # y\"", ["a": "echo \"x"]),
        Reading("a=1\u{A0}; x", ["a": "1"]),
        Reading("a=\u{2003}1\u{3000}", ["a": "1"]),
        Reading("a=x#y #z ;w", ["a": "x#y #z"]),
        Reading("a=x;y;z ;w", ["a": "x;y;z"]),
        Reading("; x\n# y\n  ; z\na=1", ["a": "1"]),
        Reading("a=;", ["a": ";"]),
        Reading("a= ;", ["a": ""]),
    ])
    func commentsAreCutOff(reading: Reading) throws {
        #expect(try Self.options("[s]\n" + reading.text) == reading.options)
    }

    @Test(arguments: [
        Reading("a=1\n 2\n\t3", ["a": "1\n2\n3"]),
        Reading("a=\n 1", ["a": "\n1"]),
        Reading("a=1\n\n 2\n\n", ["a": "1\n\n2"]),
        Reading("a=1\n ; comment\n 2", ["a": "1\n2"]),
        Reading("a=1\n b=2", ["a": "1\nb=2"]),
        Reading(" a=1\n b=2", ["a": "1", "b": "2"]),
        Reading(" a=1\n  b=2", ["a": "1\nb=2"]),
        Reading("a=1\n [t]", ["a": "1\n[t]"]),
        Reading("a=1 ; x\n 2 ; y", ["a": "1\n2"]),
        Reading("a=1\r\n 2\r\n", ["a": "1\n2"]),
        Reading("a=1\r 2\rb=3", ["a": "1\n2", "b": "3"]),
    ])
    func deeperIndentationContinuesAValue(reading: Reading) throws {
        #expect(try Self.options("[s]\n" + reading.text) == reading.options)
    }

    @Test(arguments: ["[s]", "[s] ; junk", "  [s]", "[s]junk", "[s]\u{A0}"])
    func theHeaderEndsAtItsLastBracket(header: String) throws {
        #expect(try Self.read(header).sections.map(\.name) == ["s"])
    }

    @Test func bracketsInsideOfAHeaderBelongToTheName() throws {
        #expect(try Self.read("[a]b]\n[]]").sections.map(\.name) == ["a]b", "]"])
    }

    @Test func theLastOfDuplicatesWinsAndTheSectionKeepsItsPlace() throws {
        let document = try Self.read("[s]\na=1\n[t]\n[s]\nA=2\nb=3")
        #expect(document.sections.map(\.name) == ["s", "t"])
        let section = try #require(document.section(named: "s"))
        #expect(section.location.line == 1)
        #expect(section["a"]?.text == "2")
        #expect(section["a"]?.location.line == 5)
        #expect(document.duplicates.map(\.replaced.location.line) == [2])
        #expect(document.duplicates.map(\.location.line) == [5])
    }

    @Test func defaultsAreNoSection() throws {
        let document = try Self.read("[DEFAULT]\na=1\n[s]\n")
        #expect(document.sections.map(\.name) == ["s"])
        #expect(document.defaults["a"]?.text == "1")
    }

    @Test func manyKeysInOneSectionAreFoundAgain() throws {
        let lines = (0..<100).map { "k\($0)=\($0)" } + (0..<100).map { "k\($0)=\($0 + 1)" }
        let options = try Self.options("[s]\n" + lines.joined(separator: "\n"))
        #expect(options.count == 100)
        #expect(options["k42"] == "43")
    }

    @Test(arguments: [
        ("junk", 1, ConfigurationError.MalformedLine.textBeforeSection("junk")),
        ("\n; x\na=1\n[s]", 3, .textBeforeSection("a=1")),
        ("[]\n[s]", 1, .textBeforeSection("[]")),
        ("[s]\nwithout", 2, .noDelimiter("without")),
        ("[s]\n\na=1\nwithout\nb=1", 4, .noDelimiter("without")),
        ("[s]\n=1", 2, .noDelimiter("=1")),
        ("[s]\n  indented", 2, .noDelimiter("indented")),
        ("\u{FEFF}[s]", 1, .byteOrderMark),
    ])
    func aLineThatIsNothingIsRefused(text: String, line: Int, malformation: ConfigurationError.MalformedLine) {
        #expect(
            throws: ConfigurationError.malformed(at: ConfigurationLocation(file: "f", line: line), line: malformation)
        ) {
            try Self.read(text)
        }
    }

    @Test(arguments: [
        ("junk", "'junk' is before the first section; put a header such as [supervisord] above it"),
        ("[program:web", "'[program:web' looks like a section header, but has no closing ']'; add it"),
    ])
    func malformedLinesAreReported(text: String, description: String) {
        #expect(ConfigurationError.MalformedLine.textBeforeSection(text).description == description)
    }

    /// Either the last line is refused, or what follows is read as if nothing odd had been before it.
    @Test func everyPrefixAndEveryByteIsTakenOrRefused() throws {
        let text = Array("[s]\r\na=1 ;x\n\t2\u{A0}\n\n b:\u{2028}#\n[DEFAULT]\nq=%(here)s".utf8)
        var refused = 0
        for length in 0...text.count {
            for byte in [UInt8](0...255) {
                let bytes = Array(text.prefix(length)) + [byte]
                switch Result(catching: { () throws(ConfigurationError) in try Self.read(bytes) }) {
                case .success(let document):
                    let longer = try Self.read(bytes + Array("\n[end]\nz=1".utf8))
                    #expect(longer.sections.map(\.name) == document.sections.map(\.name) + ["end"])
                    #expect(longer.section(named: "end")?["z"]?.text == "1")
                    #expect(longer.section(named: "s")?["a"]?.text == document.section(named: "s")?["a"]?.text)
                case .failure(.malformed(let location, _)):
                    refused += 1
                    #expect(location == ConfigurationLocation(file: "f", line: Self.lastLine(of: bytes)))
                case .failure(let error):
                    throw error
                }
            }
        }
        // Without a section nothing is read but its header, and in one nothing but keys and headers.
        #expect(refused > 1000)
    }

    private static func read(_ bytes: [UInt8]) throws(ConfigurationError) -> INIDocument {
        var document = INIDocument()
        try INIReader.read(bytes, file: "f", into: &document)
        return document
    }

    /// The number of the last line with anything in it.
    private static func lastLine(of bytes: [UInt8]) -> Int {
        var (line, last) = (1, 1)
        for (byte, previous) in zip(bytes, [0] + bytes) {
            switch byte {
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D: line += 1
            default: last = line
            }
        }
        return last
    }
}
