import ExecutableTesting
import ListenerKit
import Testing

@Suite struct LineAssemblerTests {
    /// Returns the lines of a stream: `…` follows one that is continued, `|` the last one if nothing has ended it.
    private static func lines(_ chunks: [[UInt8]], limit: Int = LineAssembler.defaultLimit) -> [String] {
        var assembler = LineAssembler(limit: limit)
        let ended = chunks.flatMap { assembler.append($0) }
        let last = assembler.finish()
        #expect(assembler.finish() == nil)
        return ended.map { text($0) } + (last.map { ["\(text($0))|"] } ?? [])
    }

    private static func lines(_ chunks: String..., limit: Int = LineAssembler.defaultLimit) -> [String] {
        lines(chunks.map { Array($0.utf8) }, limit: limit)
    }

    private static func text(_ line: OutputLine) -> String {
        String(decoding: line.bytes, as: UTF8.self) + (line.isContinued ? "…" : "")
    }

    private static let streams: [(stream: String, lines: [String])] = [
        ("", []),
        ("one\n", ["one"]),
        ("one\ntwo\n", ["one", "two"]),
        ("one\ntwo", ["one", "two|"]),
        ("\n", [""]),
        ("\n\n", ["", ""]),
        ("one\n\ntwo\n", ["one", "", "two"]),
        ("one\r\ntwo\r\n", ["one", "two"]),
        ("one\r\n\r\ntwo\r\n", ["one", "", "two"]),
        ("\r\n", [""]),
        ("one\r\r\ntwo\r\r\n", ["one", "two"]),
        ("one\n\r\n", ["one", ""]),
        ("one\r\n\n", ["one", ""]),
        // Progress bars: the return comes first, or last.
        ("\r 1%\r 2%\r 3%\n", [" 1%", " 2%", " 3%"]),
        (" 1%\r 2%\r 3%\r\n", [" 1%", " 2%", " 3%"]),
        (" 1%\r\r 2%\r", [" 1%", " 2%"]),
        ("\r\r 1%", [" 1%|"]),
        ("a\u{0}b\u{B}c\u{C}d\u{85}e\n", ["a\u{0}b\u{B}c\u{C}d\u{85}e"]),
        ("é ein 😀\n日本", ["é ein 😀", "日本|"]),
        ("ready> ", ["ready> |"]),
    ]

    @Test(arguments: streams, [1, 2, 3, 5, 1000])
    func linesAreTheSameHoweverTheStreamIsCut(stream: (stream: String, lines: [String]), size: Int) {
        let bytes = Array(stream.stream.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        #expect(Self.lines(chunks) == stream.lines)
    }

    @Test func aLineIsThereAsSoonAsItsEndIs() {
        var assembler = LineAssembler()
        #expect(assembler.append(Array("ready".utf8)) == [])
        #expect(assembler.unfinishedLine.elementsEqual("ready".utf8))
        #expect(assembler.append([0x0D]).map(Self.text) == ["ready"])
        #expect(assembler.unfinishedLine.isEmpty)
        #expect(assembler.append([0x0A]) == [])
        #expect(assembler.append([]) == [])
        #expect(assembler.append([0x0A]).map(Self.text) == [""])
    }

    @Test func aLineThatIsTooLongIsCutAndGoesOn() {
        #expect(Self.lines("12345678", limit: 8) == ["12345678|"])
        #expect(Self.lines("12345678\n", limit: 8) == ["12345678"])
        #expect(Self.lines("123456789\n", limit: 8) == ["12345678…", "9"])
        #expect(Self.lines("1234567", "89", "\r\nnext\n", limit: 8) == ["12345678…", "9", "next"])
        #expect(Self.lines("1234567812345678x", limit: 8) == ["12345678…", "12345678…", "x|"])
        #expect(Self.lines("12345678", "\n", limit: 8) == ["12345678"])
    }

    @Test func whatContinuesACutLineSaysSo() {
        var assembler = LineAssembler(limit: 4)
        let lines = assembler.append(Array("one\n12345678x\ntwo\n1234".utf8))
        #expect(lines.map { $0.isContinuation } == [false, false, true, true, false])
        #expect(assembler.interrupt()?.isContinuation == false)
        #expect(assembler.append(Array("rest\nnext\n".utf8)).map { $0.isContinuation } == [true, false])
        _ = assembler.append(Array("12345".utf8))
        #expect(assembler.finish()?.isContinuation == true)
        #expect(assembler.append(Array("new\n".utf8)).map { $0.isContinuation } == [false])
    }

    @Test func noCharacterIsCut() {
        #expect(Self.lines("1234567é\n", limit: 8) == ["1234567…", "é"])
        #expect(Self.lines("123456é9\n", limit: 8) == ["123456é…", "9"])
        #expect(Self.lines("12345日9\n", limit: 8) == ["12345日…", "9"])
        #expect(Self.lines("123456日\n", limit: 8) == ["123456…", "日"])
        #expect(Self.lines("12345😀\n", limit: 8) == ["12345…", "😀"])
        #expect(Self.lines("😀😀😀\n", limit: 4) == ["😀…", "😀…", "😀"])
    }

    @Test func bytesThatAreNoCharactersAreCutAnywhere() {
        for byte in [0x80, 0xBF, 0xC3, 0xE2, 0xF0, 0xFF] as [UInt8] {
            var assembler = LineAssembler(limit: 4)
            let lines = assembler.append(Array(repeating: byte, count: 100) + [0x0A])
            #expect(lines.flatMap { $0.bytes } == Array(repeating: byte, count: 100))
            #expect(lines.allSatisfy { (1...4).contains($0.bytes.count) })
            #expect(lines.map { $0.isContinued } == Array(repeating: true, count: lines.count - 1) + [false])
        }
    }

    @Test func noByteOfRandomStreamsIsLost() {
        var generator = SeededGenerator(state: 13)
        let texts = ["a", "é", "😀", "\n", "\r", "\r\n", "long text "].map { Array($0.utf8) }
        let pieces: [[UInt8]] = texts + [[0xFF], [0xC3]]
        for _ in 0..<300 {
            let stream = (0..<60).flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
            let limit = Int.random(in: 4...12, using: &generator)
            var (one, other) = (LineAssembler(limit: limit), LineAssembler(limit: limit))
            var lines: [OutputLine] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...20, using: &generator)
                lines += one.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            lines += one.finish().map { [$0] } ?? []
            #expect(lines.flatMap { $0.bytes } == stream.filter { $0 != 0x0A && $0 != 0x0D })
            #expect(lines == other.append(stream) + (other.finish().map { [$0] } ?? []))
        }
    }
}
