import Testing

@testable import ListenerKit

@Suite struct HTTPStatusReaderTests {
    private static let notHTTP = ProbeOutcome.failed("the answer is not HTTP")

    /// Reads an answer in pieces.
    ///
    /// - Returns: The outcome, also if the answer ends before it is known.
    private static func outcome(_ text: String, inPiecesOf size: Int) -> ProbeOutcome {
        var reader = HTTPStatusReader()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            if let outcome = reader.append(rest.prefix(size)) {
                return outcome
            }
            rest = rest.dropFirst(size)
        }
        return reader.outcomeAtEnd
    }

    private static func isUnknown(_ text: String) -> Bool {
        var reader = HTTPStatusReader()
        return reader.append(Array(text.utf8)[...]) == nil
    }

    private static let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    private static let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n", .passed), ("HTTP/1.0 204 No Content\r\n", .passed),
            ("HTTP/1.1 200\r\n", .passed),
            ("HTTP/1.1 200\n", .passed), ("HTTP/1.1 200 ", .passed), ("HTTP/1.1  301 Moved\r\n", .passed),
            ("HTTP/1.1 399 \r\n", .passed), ("HTTP/1.1 404 Not Found\r\n", .failed("HTTP 404")),
            ("HTTP/1.0 503 Service Unavailable\r\n", .failed("HTTP 503")), ("HTTP/1.1 999 x", .failed("HTTP 999")),
            ("HTTP/1.1 101 Switching Protocols\r\n\r\n", .failed("HTTP 101")),
            // Interim answers come before the final one.
            (interim + "HTTP/1.1 200 OK\r\n", .passed), (hints + interim + "HTTP/1.1 503 x", .failed("HTTP 503")),
            ("HTTP/1.1 100\n\nHTTP/1.1 302 Found\n", .passed),
            // Others.
            ("", .failed("closed without an answer")), (interim, .failed("closed without an answer")),
            ("HTTP/1.1 200", notHTTP), ("HTTP/1.1 20", notHTTP), ("HTTP/2 200 OK\r\n", notHTTP),
            ("HTTP/1.1 2000 ", notHTTP),
            ("HTTP/1.1 099 x", notHTTP), ("HTTP/1.1 -12 x", notHTTP), ("HTTP/1.1\t200 x", notHTTP),
            ("HTTP/1.x 200 OK", notHTTP), ("SSH-2.0-OpenSSH_9.2\r\n", notHTTP), ("\u{15}\u{3}\u{1}\u{0}", notHTTP),
            ("\r\nHTTP/1.1 200 OK\r\n", notHTTP), ("220 mail ESMTP\r\n", notHTTP),
        ] as [(String, ProbeOutcome)]
    )
    func theStatusIsReadInPiecesOfAnySize(text: String, outcome: ProbeOutcome) {
        for size in 1...max(1, text.utf8.count) {
            #expect(Self.outcome(text, inPiecesOf: size) == outcome)
        }
    }

    @Test(arguments: [
        "", "H", "HTTP/1.", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 2", "HTTP/1.1 200", interim, hints, "HTTP/1.1 100 x",
    ])
    func theOutcomeIsNotKnownTooEarly(text: String) {
        #expect(Self.isUnknown(text))
    }

    @Test func otherProtocolsAreKnownByTheirFirstByte() {
        #expect(!Self.isUnknown("S"))
        #expect(!Self.isUnknown("HTTP/2"))
    }

    @Test func anAnswerWithoutAStatusIsNotReadForEver() {
        let endless = [
            "HTTP/1.1 100 \(String(repeating: "x", count: 5000))", String(repeating: " ", count: 5000),
            "HTTP/1.1\(String(repeating: " ", count: 5000))",
        ]
        for text in endless {
            #expect(Self.outcome(text, inPiecesOf: 100) == Self.notHTTP)
        }
        let long = "HTTP/1.1 200 \(String(repeating: "x", count: 5000))"
        #expect(Self.outcome(long, inPiecesOf: 100) == .passed)
    }
}
