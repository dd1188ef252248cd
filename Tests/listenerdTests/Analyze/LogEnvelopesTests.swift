import ListenerKit
import Testing

@testable import listenerd

@Suite struct LogEnvelopesTests {
    private static let line = #"{"time":"2026-11-28T13:00:00.123Z","event":"LISTENERD","message":"a \"b\""}"#
    private static let quoted =
        #"{\"time\":\"2026-11-28T13:00:00.123Z\",\"event\":\"LISTENERD\",\"message\":\"a \\\"b\\\"\"}"#

    private static func objects(_ lines: [String]) -> [JSONValue] {
        var envelopes = LogEnvelopes()
        return lines.compactMap { envelopes.object(in: Array($0.utf8)[...]) }
    }

    @Test(arguments: [
        [line],
        [#"{"log":"\#(quoted)\n","stream":"stderr","time":"2026-11-28T13:00:00.123456789Z"}"#],
        [
            #"{"log":"\#(quoted.prefix(40))","stream":"stderr","time":"x"}"#,
            #"{"log":"from a program\n","stream":"stdout","time":"x"}"#,
            #"{"log":"\#(quoted.dropFirst(40))\n","stream":"stderr","time":"x"}"#,
        ],
        ["2026-11-28T13:00:00.123456789Z stderr F \(line)"],
        [
            "2026-11-28T13:00:00.123456789Z stderr P \(line.prefix(30))",
            "2026-11-28T13:00:00.123456789Z stdout F from a program",
            "2026-11-28T13:00:00.123456789Z stderr P \(line.dropFirst(30).prefix(10))",
            "2026-11-28T13:00:00.123456789Z stderr F \(line.dropFirst(40))",
        ],
        ["web-1  | \(line)"],
        ["Nov 28 13:00:00 host listenerd[7]: \(line)"],
    ])
    func aLineIsFoundInWhateverHasKeptIt(lines: [String]) throws {
        #expect(Self.objects(lines) == [try JSONValue(Array(Self.line.utf8)[...])])
    }

    @Test(arguments: [
        "", " ", "{", "}", "plain", "{}x", "[]x", #"{"time":"#, "2026-11-28T13:00:00.1Z stderr F", "a b F c",
        "2026-11-28T13:00:00.1Z stderr F plain", #"{"log":"plain\n","stream":"stdout"}"#, #"x {"time":"2026"#,
    ])
    func anythingElseIsSkipped(line: String) {
        #expect(Self.objects([line]).isEmpty)
    }

    @Test func piecesThatNeverEndAreBounded() {
        var envelopes = LogEnvelopes()
        let piece = Array("2026-11-28T13:00:00.1Z stderr P ".utf8) + Array(repeating: 0x61, count: 4 << 20)
        for _ in 0..<8 {
            #expect(envelopes.object(in: piece[...]) == nil)
        }
        let end = Array("2026-11-28T13:00:00.1Z stderr F \(Self.line)".utf8)
        // What is left out leaves no more than a line that is not whole.
        #expect(envelopes.object(in: end[...]) != nil)
    }
}
