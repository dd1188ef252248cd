import ListenerKit
import Testing

@Suite struct HTTPReplyTests {
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", 200, "ab", false),
        ("HTTP/1.0 200 OK\r\n\r\nab", 200, "ab", false),
        ("HTTP/1.1 200\n\nab", 200, "ab", false),
        ("HTTP/1.1 500 Internal Server Error\r\ncontent-LENGTH:3\r\n\r\nab", 500, "ab", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", 200, "ab", false),
        ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", 200, "", false),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\nrubbish\r\n:\r\n\r\n", 200, "", false),
    ])
    func repliesAreTakenApart(text: String, status: Int, body: String, isCutOff: Bool) throws {
        let reply = try HTTPReply(Array(text.utf8))
        #expect(reply.status == status)
        #expect(String(decoding: reply.body, as: UTF8.self) == body)
        #expect(reply.isCutOff == isCutOff)
    }

    @Test(arguments: [
        ("", HTTPReply.Failure.cutOff), ("HTT", .cutOff), ("HTTP/1.1 20", .cutOff), ("HTTP/1.1 200 OK\r\n", .cutOff),
        ("HTTP/1.1 200 OK\r\nA: b\r\n\r", .cutOff), ("SSH-2.0-OpenSSH\r\n", .noHTTP), ("HTTP/1.1 abc\r\n\r\n", .noHTTP),
        ("HTTP/2 200 OK\r\n\r\n", .noHTTP), ("<html>", .noHTTP),
    ])
    func invalidRepliesAreRejected(text: String, error: HTTPReply.Failure) {
        #expect(throws: error) { try HTTPReply(Array(text.utf8)) }
    }
}
