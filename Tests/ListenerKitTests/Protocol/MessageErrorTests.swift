import Testing

@testable import ListenerKit

@Suite struct MessageErrorTests {
    @Test(
        arguments: [
            (.noLength(header: "ver:3.0"), "supervisord sent a header without 'len:': 'ver:3.0'"),
            (.badLength("-1", header: "len:-1"), "supervisord sent a header with the invalid length '-1': 'len:-1'"),
            (.endlessHeader(bytes: 9), "supervisord sent 9 bytes without the end of a header"),
            (.interrupted, "a message from supervisord was cut off"),
        ] as [(MessageError, String)]
    )
    func errorsSayWhatCame(error: MessageError, words: String) {
        #expect("\(error)" == words)
    }
}
