import Testing

@testable import ListenerKit

@Suite struct LastLineTests {
    private static func text(_ text: String, inPiecesOf size: Int = .max) -> String? {
        var line = LastLine()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            line.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return line.text
    }

    @Test(
        arguments: [
            ("", nil), ("\n", nil), (" \n\t\n", nil), ("one", "one"), ("one\n", "one"), ("one\ntwo", "two"),
            ("one\ntwo\n", "two"), ("one\n\n \n", "one"), ("  one \t\n", "one"), ("one\r\n", "one"),
            ("10 %\r20 %\r", "20 %"), ("größer\n", "größer"), ("one\n  ", "one"),
        ] as [(String, String?)]
    )
    func theLastLineThatIsNotBlankIsKept(text: String, line: String?) {
        for size in 1...max(1, text.utf8.count) {
            #expect(Self.text(text, inPiecesOf: size) == line)
        }
    }

    @Test(arguments: [(252, 253), (254, 255), (256, 255), (258, 255), (1000, 255)])
    func aLongLineIsCutBetweenCharacters(count: Int, kept: Int) {
        // A character of one byte, then ones of two: one is cut at an even limit.
        let line = "x" + String(repeating: "ü", count: count / 2)
        let text = Self.text(line)
        #expect(text?.utf8.count == min(kept, line.utf8.count))
        #expect(text.map { line.hasPrefix($0) } == true)
    }

    @Test func aFloodIsReadInFull() {
        let flood = String(repeating: "y\n", count: 100_000) + String(repeating: "x", count: 100_000) + "\nend\n"
        #expect(Self.text(flood, inPiecesOf: 65536) == "end")
    }
}
