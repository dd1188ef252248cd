import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

@Suite struct LogFileTests {
    private static func lines(_ text: String, longestLine: Int = 16) throws -> [String] {
        let folder = try TestFolder()
        try folder.write(text, to: "log")
        var lines: [String] = []
        try LogFile(folder.path(of: "log"), longestLine: longestLine).forEachLine { line in
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return lines
    }

    @Test(
        arguments: [
            ("", []),
            ("\n", [""]),
            ("a", ["a"]),
            ("a\n", ["a"]),
            ("a\n\nb\nlast", ["a", "", "b", "last"]),
            ("1234567890123456\n12345678901234567\nx\n", ["1234567890123456", "x"]),
            ("x\n12345678901234567", ["x"]),
        ] as [(String, [String])]
    )
    func aFileIsReadByLines(text: String, lines: [String]) throws {
        #expect(try Self.lines(text) == lines)
        let long = String(repeating: "y", count: 300_000)
        #expect(try Self.lines("\(long)\n\(text)") == lines)
    }

    @Test func linesAreWholeWhereverAPieceEnds() throws {
        let expected = (0..<20_000).map { "line \($0) " + String(repeating: "x", count: $0 % 97) }
        #expect(try Self.lines(expected.joined(separator: "\n"), longestLine: 1000) == expected)
    }

    @Test func aFileThatCannotBeReadIsAnError() throws {
        let folder = try TestFolder()
        #expect(throws: FileError.self) { _ = try LogFile(folder.path(of: "none")) }
        #expect(throws: FileError.self) { try LogFile(folder.path).forEachLine { _ in } }
    }
}
