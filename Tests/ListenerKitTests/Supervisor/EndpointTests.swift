import ListenerKit
import Testing

@Suite struct EndpointTests {
    @Test(arguments: [
        ("unix:///run/supervisor.sock", Endpoint.unix(path: "/run/supervisor.sock")),
        ("UNIX:///run/a b%20ü.sock", .unix(path: "/run/a b%20ü.sock")),
        ("http://localhost:9001", .http(host: "localhost", port: 9001)),
        ("HTTP://LocalHost:9001/", .http(host: "localhost", port: 9001)),
        ("http://127.0.0.1:1/RPC2", .http(host: "127.0.0.1", port: 1)),
        ("http://box.example:65535/RPC2/", .http(host: "box.example", port: 65535)),
        ("http://0.0.0.0:9001", .http(host: "0.0.0.0", port: 9001)),
        ("http://[::1]:9001", .http(host: "::1", port: 9001)),
        ("http://[::1]", .http(host: "::1", port: 80)),
        ("http://box", .http(host: "box", port: 80)),
    ])
    func urlsOfSupervisordAreRead(url: String, endpoint: Endpoint) throws {
        #expect(try Endpoint(url) == endpoint)
    }

    @Test(arguments: [
        ("", EndpointError.unknownScheme("")),
        ("https://box:9001", .unknownScheme("https://box:9001")),
        ("AUTO", .unknownScheme("AUTO")),
        ("/run/supervisor.sock", .unknownScheme("/run/supervisor.sock")),
        ("unix:/run/s.sock", .unknownScheme("unix:/run/s.sock")),
        ("unix://", .pathNotAbsolute("unix://")),
        ("unix://run/s.sock", .pathNotAbsolute("unix://run/s.sock")),
        ("unix:///a\u{0}b", .pathNotAbsolute("unix:///a\u{0}b")),
        ("http://", .malformed("http://")),
        ("http://:9001", .malformed("http://:9001")),
        ("http://box:", .malformed("http://box:")),
        ("http://box:0", .malformed("http://box:0")),
        ("http://box:+1", .malformed("http://box:+1")),
        ("http://box:65536", .malformed("http://box:65536")),
        ("http://::1:9001", .malformed("http://::1:9001")),
        ("http://[::1]9001", .malformed("http://[::1]9001")),
        ("http://[::1:9001", .malformed("http://[::1:9001")),
        ("http://box:9001/other", .unknownPath("http://box:9001/other")),
        ("http://me:secret@box:9001", .holdsCredentials),
    ])
    func otherUrlsAreRefused(url: String, error: EndpointError) {
        #expect(throws: error) { try Endpoint(url) }
    }

    @Test func aPathIsAsLongAsTheSystemTakes() throws {
        let longest = "/" + String(repeating: "x", count: 106)
        #expect(try Endpoint("unix://" + longest) == .unix(path: longest))
        let error = EndpointError.pathTooLong("unix://\(longest)x", limit: 107)
        #expect(throws: error) { try Endpoint("unix://\(longest)x") }
    }

    @Test(arguments: ["unix:///run/s.sock", "http://localhost:9001", "http://[::1]:80"])
    func theDescriptionIsTheUrl(url: String) throws {
        #expect(try Endpoint(url).description == url)
    }

    @Test func theEnvironmentTellsTheUrl() throws {
        #expect(try Endpoint(environment: [:]) == nil)
        #expect(try Endpoint(environment: ["SUPERVISOR_SERVER_URL": ""]) == nil)
        #expect(try Endpoint(environment: ["SUPERVISOR_SERVER_URL": "unix:///s"]) == .unix(path: "/s"))
        #expect(throws: EndpointError.unknownScheme("x")) { try Endpoint(environment: ["SUPERVISOR_SERVER_URL": "x"]) }
    }
}
