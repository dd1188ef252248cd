import Testing

@testable import ListenerKit

@Suite struct PageRequestTextTests {
    @Test(
        arguments: [
            ("/", "127.0.0.1", 8080, "/", "127.0.0.1:8080"), ("/health?a=b%20c", "web", 80, "/health?a=b%20c", "web"),
            ("/", "::1", 80, "/", "[::1]"), ("/", "fe80::1", 81, "/", "[fe80::1]:81"),
            ("/a b\r\nX: y", "web", 80, "/a%20b%0D%0AX:%20y", "web"), ("/ü", "web", 80, "/%C3%BC", "web"),
        ] as [(String, String, UInt16, String, String)]
    )
    func thePageAndItsServerAreNamed(path: String, host: String, port: UInt16, target: String, name: String) {
        let text = String(decoding: PageRequest.text(path: path, host: host, port: port), as: UTF8.self)
        let headers = "Host: \(name)\r\nUser-Agent: listenerd\r\nConnection: close"
        #expect(text == "GET \(target) HTTP/1.1\r\n\(headers)\r\n\r\n")
    }
}
