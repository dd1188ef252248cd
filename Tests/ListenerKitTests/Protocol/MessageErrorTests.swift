import Testing

@testable import ListenerKit

@Suite struct MessageErrorTests {
    @Test(
        arguments: [
            (.noLength(header: "ver:3.0"), "supervisord sent a header without 'len:': 'ver:3.0'"),
            (.badLength("-1", header: "len:-1"), "supervisord sent a header with the length '-1': 'len:-1'"),
            (.endlessHeader(bytes: 9), "9 bytes came from supervisord without the end of a header"),
            (.interrupted, "a message from supervisord broke off in its midst"),
        ] as [(MessageError, String)]
    )
    func errorsSayWhatCame(error: MessageError, words: String) {
        #expect("\(error)" == words)
    }
}
