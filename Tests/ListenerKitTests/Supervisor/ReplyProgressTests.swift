import Testing

@testable import ListenerKit

@Suite struct ReplyProgressTests {
    private static let end = "<methodResponse></methodResponse>\n"

    /// Feeds a reply in pieces.
    ///
    /// - Returns: How many bytes had arrived when the reply was complete; nil if it was not.
    private static func end(of text: String, pieces: Int) throws -> Int? {
        var progress = ReplyProgress()
        var received: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            received += rest.prefix(pieces)
            rest = rest.dropFirst(pieces)
            if try progress.isComplete(&received) {
                return received.count
            }
        }
        return nil
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 34\r\n\r\n", "HTTP/1.1 200 OK\n\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: \(64 << 20)\n\r\n",
        ],
        [1, 2, 3, 5, 7, 64, 4096]
    )
    func theEndOfTheXMLIsTheEnd(head: String, pieces: Int) throws {
        let text = head + Self.end
        #expect(try Self.end(of: text, pieces: pieces) == text.utf8.count)
        #expect(try Self.end(of: String(text.dropLast()), pieces: pieces) == nil)
        #expect(try Self.end(of: Self.end + Self.end, pieces: pieces) == nil, "these are headers")
    }

    @Test(arguments: [(64 << 20) + 1, .max])
    func aBodyThatIsAnnouncedToBeTooLongIsNotReadAtAll(length: Int) {
        let error = #expect(throws: ReplyProgress.Excess.self) {
            try Self.end(of: "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n", pieces: 4096)
        }
        #expect(error == .body)
    }

    @Test func aBodyThatIsTooLongIsNotReadToItsEnd() throws {
        var progress = ReplyProgress()
        var received = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
        let head = received.count
        #expect(try !progress.isComplete(&received))
        var body = [UInt8(ascii: "x")]
        for _ in 0..<26 {
            body += body
        }
        received += body
        #expect(try !progress.isComplete(&received))
        received.append(UInt8(ascii: "x"))
        #expect(received.count == head + (64 << 20) + 1)
        let error = #expect(throws: ReplyProgress.Excess.self) { try progress.isComplete(&received) }
        #expect(error == .body)
    }

    @Test func headersWithoutAnEndAreNotReadForEver() throws {
        var progress = ReplyProgress()
        var received = Array("HTTP/1.1 200 OK\r\n".utf8)
        let line = Array("X-More: of the same\r\n".utf8)
        let error = #expect(throws: ReplyProgress.Excess.self) {
            while try !progress.isComplete(&received), received.count < 2 << 20 {
                received += line
            }
        }
        #expect(error == .headers)
    }
}
