import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// What supervisord makes of output that is not UTF-8, and how that is undone.
@Suite struct ProgramOutputTests {
    private static func bytes(_ data: String) -> [UInt8] {
        ProcessLogEvent(
            header: EventHeader(name: "PROCESS_LOG_STDOUT", serial: 1, poolSerial: 1),
            process: ProcessName(group: "web", process: "web"),
            pid: 1,
            channel: .stdout,
            data: data
        )
        .bytes
    }

    /// Returns bytes as Python writes them.
    private static func pythonText(_ bytes: [UInt8]) -> String {
        let quote: UInt8 = bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
        let text = bytes.map { byte in
            switch byte {
            case 0x5C, quote: "\\" + String(UnicodeScalar(byte))
            case 0x09: "\\t"
            case 0x0A: "\\n"
            case 0x0D: "\\r"
            case 0x20...0x7E: String(UnicodeScalar(byte))
            default: "\\x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
            }
        }
        let mark = String(UnicodeScalar(quote))
        return "b\(mark)\(text.joined())\(mark)"
    }

    private static let undecodable: [(data: String, bytes: [UInt8])] = [
        (#"Undecodable: b'caf\xc3'"#, Array("caf".utf8) + [0xC3]),
        (#"Undecodable: b'\xa9\n'"#, [0xA9, 0x0A]),
        (#"Undecodable: b"it's \xff""#, Array("it's ".utf8) + [0xFF]),
        (#"Undecodable: b'say "x" \xff'"#, Array(#"say "x" "#.utf8) + [0xFF]),
        (#"Undecodable: b'it\'s "x" \xff\\'"#, Array(#"it's "x" "#.utf8) + [0xFF, 0x5C]),
        (#"Undecodable: b'\\x41\xff'"#, Array(#"\x41"#.utf8) + [0xFF]),
        (#"Undecodable: b'\t\r\x00\x1b[31m\x7f\xff'"#, [0x09, 0x0D, 0, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x7F, 0xFF]),
        // Half of a pair of surrogates, which is no character.
        (#"Undecodable: b'\xed\xa0\x80'"#, [0xED, 0xA0, 0x80]),
    ]

    @Test(arguments: undecodable)
    func whatIsNotUTF8IsUndone(data: String, bytes: [UInt8]) {
        #expect(Self.bytes(data) == bytes)
    }

    @Test(arguments: [
        "", "a line\n", "half é done\n", "\u{0}\t\r\u{1B}[31m", "Undecodable: ", "Undecodable: b", "Undecodable: b'",
        // The program has written this itself: supervisord would have passed on what it stands for.
        "Undecodable: b''", "Undecodable: b'abc'", #"Undecodable: b'caf\xc3\xa9'"#,
        // Python does not write any of these.
        #"Undecodable: b'\xff"#, #"Undecodable: b'\xff"."#, #"Undecodable: b'\xff' "#, #"Undecodable: b'\xff'"# + "\n",
        #"Undecodable: '\xff'"#, #"undecodable: b'\xff'"#, #" Undecodable: b'\xff'"#, #"Undecodable: b'\xFF'"#,
        #"Undecodable: b'\377'"#, #"Undecodable: b'\xff'\xff'"#, #"Undecodable: b"\xff\'""#, #"Undecodable: b'\xff\"'"#,
        #"Undecodable: b'\xf'"#, #"Undecodable: b'\xff\x'"#, #"Undecodable: b'\xff\'"#, #"Undecodable: b'\xffé'"#,
        "Undecodable: b'\\xff\n'", #"Undecodable: b'\xff\a'"#,
    ])
    func otherTextIsWhatTheProgramWrote(data: String) {
        #expect(Self.bytes(data) == Array(data.utf8))
    }

    @Test func everyByteIsUndoneBesideEveryQuote() {
        for byte in UInt8.min...UInt8.max {
            for others in ["", "'", "\"", "'\"", "\\", "\\x"] {
                let bytes = [0xFF, byte] + Array(others.utf8)
                #expect(Self.bytes("Undecodable: \(Self.pythonText(bytes))") == bytes)
            }
        }
    }

    @Test func bytesInAnyOrderAreUndone() {
        var generator = SeededGenerator(state: 1)
        for _ in 0..<1000 {
            let count = Int.random(in: 0...40, using: &generator)
            let bytes = [0xFF] + (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            #expect(Self.bytes("Undecodable: \(Self.pythonText(bytes))") == bytes)
        }
    }

    private static let python = "\(TestedExecutable.package)/.build/python/bin/python3"

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
    func pythonWritesBytesLikeThis() async throws {
        let folder = try TestFolder()
        let script = #"""
            for byte in range(256):
                for others in ["", "'", '"', "'" + '"', "\\", "\\x"]:
                    print("Undecodable: %r" % (bytes([255, byte]) + others.encode()))
            """#
        let program = try RunningProgram(Self.python, ["-c", script], output: folder.path(of: "output"))
        #expect(try await program.waitForEnd() == .status(0))
        let lines = folder.lines(of: "output")
        #expect(lines.count == 256 * 6)
        for (line, index) in zip(lines, 0...) {
            let others = ["", "'", "\"", "'\"", "\\", "\\x"][index % 6]
            #expect(Self.bytes(line) == [0xFF, UInt8(index / 6)] + Array(others.utf8))
        }
    }

    @Test func textBetweenTagsIsUndoneToo() {
        let event = ProcessCommunicationEvent(
            header: EventHeader(name: "PROCESS_COMMUNICATION_STDOUT", serial: 1, poolSerial: 1),
            process: ProcessName(group: "web", process: "web"),
            pid: 1,
            channel: .stdout,
            data: #"Undecodable: b'ready\xff'"#
        )
        #expect(event.bytes == Array("ready".utf8) + [0xFF])
    }
}
