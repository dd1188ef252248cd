import ExecutableTesting
import ListenerKit
import Testing

@testable import Handlers

/// Each line of `ready=`, and what it says if it cannot be read.
@Suite struct GateReaderTests {
    private let reader = GateReader(environment: ["A": "1"], user: "web", directory: "/srv")

    @Test(
        arguments: [
            ("tcp://127.0.0.1:5432", .tcp(host: "127.0.0.1", port: 5432)), ("tcp://db:1", .tcp(host: "db", port: 1)),
            ("tcp://[::1]:65535", .tcp(host: "::1", port: 65535)),
            ("TCP://a_b-c.d:080", .tcp(host: "a_b-c.d", port: 80)),
            ("tcp://[fe80::1%eth0]:80", .tcp(host: "fe80::1%eth0", port: 80)),
            ("tcp://größe:80", .tcp(host: "größe", port: 80)),
            ("unix:///run/x.sock", .unix(path: "/run/x.sock")), ("unix:///run/a b", .unix(path: "/run/a b")),
            ("http://web", .http(host: "web", port: 80, path: "/")),
            ("http://web/", .http(host: "web", port: 80, path: "/")),
            ("http://web:8080/health?full=1&x=%2f", .http(host: "web", port: 8080, path: "/health?full=1&x=%2f")),
            ("http://web?x=a/b:c", .http(host: "web", port: 80, path: "/?x=a/b:c")),
            ("http://[::1]:80/ü", .http(host: "::1", port: 80, path: "/%C3%BC")),
            ("http://[::1]/@", .http(host: "::1", port: 80, path: "/@")),
            ("file:///run/x.pid", .file(path: "/run/x.pid")), ("file:///", .file(path: "/")),
        ] as [(String, Probe)]
    )
    func anAddressIsRead(line: String, probe: Probe) {
        #expect(reader.gate(line) == Gate(text: line, kind: .probe(probe)))
    }

    @Test(
        arguments: [
            ("exec:pg_isready", ["pg_isready"]), ("exec: pg_isready  -h 'a b' ", ["pg_isready", "-h", "a b"]),
            (#"exec:sh -c "test -e \"x\"" \;"#, ["sh", "-c", "test -e \"x\"", ";"]), ("exec:a ''", ["a", ""]),
        ]
    )
    func aCommandIsSplitAndHasWhatTheProgramHas(line: String, arguments: [String]) {
        let command = ProbeCommand(arguments: arguments, user: "web", directory: "/srv", environment: ["A": "1"])
        #expect(reader.gate(line).kind == .probe(.command(command)))
    }

    @Test(
        arguments: [
            ("log:ready", .log(pattern: "ready")), ("log: on port [0-9]+$ ", .log(pattern: "on port [0-9]+$")),
            ("log:a:b", .log(pattern: "a:b")), ("message:up", .message("up")),
            ("message: is up: 1", .message("is up: 1")),
            ("notify", .notification(address: nil)), ("NOTIFY", .notification(address: nil)),
        ] as [(String, Gate.Kind)]
    )
    func whatAProgramSaysIsRead(line: String, kind: Gate.Kind) {
        #expect(reader.gate(line) == Gate(text: line, kind: kind))
    }

    @Test(
        arguments: [
            ("/run/x", "/run/x"), ("@x", "@x"), ("/" + String(repeating: "x", count: 106), nil),
        ] as [(String, String?)]
    )
    func theSocketOfNotificationsIsThatOfTheProgram(value: String, address: String?) {
        let reader = GateReader(environment: ["NOTIFY_SOCKET": value])
        #expect(reader.gate("notify").kind == .notification(address: address ?? value))
    }

    @Test(arguments: [
        ("", "NOTIFY_SOCKET in environment= is '', not an absolute path or @name"),
        ("run/x", "NOTIFY_SOCKET in environment= is 'run/x', not an absolute path or @name"),
        ("@", "NOTIFY_SOCKET in environment= is '@', not an absolute path or @name"),
        ("/" + String(repeating: "x", count: 107), "the path of a socket has at most 107 bytes"),
    ])
    func aSocketOfNotificationsThatCannotBeIsSaid(value: String, reason: String) {
        let reader = GateReader(environment: ["NOTIFY_SOCKET": value])
        #expect(reader.gate("notify").kind == .unreadable(reason))
    }

    private static let list = """
        tcp://host:port, unix:///path, http://host:port/path, file:///path, exec:command, log:pattern, message:text, notify
        """

    @Test(arguments: [
        ("tpc://db:1", "not a gate; did you mean 'tcp://db:1'?"), ("htp://x/", "not a gate; did you mean 'http://x/'?"),
        ("notfy", "not a gate; did you mean 'notify'?"), ("tcp", "not a gate; did you mean 'tcp'?"),
        ("localhost:5432", "not a gate; did you mean 'tcp://localhost:5432'?"),
        ("/run/x", "not a gate; did you mean 'file:///run/x'?"), ("true", "not a gate; gates are \(list)"),
        ("ftp:x", "not a gate; gates are \(list)"), (":", "not a gate; gates are \(list)"),
        ("notify:/run/x", "notify stands alone; its socket is NOTIFY_SOCKET in environment="),
        ("https://x/a", "https is not supported; probe a plain http:// port, or use exec:curl -fsS https://x/a"),
        ("tcp:db:1", "no // after the colon; write tcp://host:port"), ("tcp://", "no host"), ("tcp://:80", "no host"),
        ("tcp://db", "no port"), ("tcp://db:", "no port"), ("tcp://db:x", "the port 'x' is not a number"),
        ("tcp://db:-1", "the port '-1' is not a number"), ("tcp://db:+1", "the port '+1' is not a number"),
        ("tcp://db:0", "the port '0' is not from 1 to 65535"),
        ("tcp://db:65536", "the port '65536' is not from 1 to 65535"),
        ("tcp://db:99999999999999999999", "the port '99999999999999999999' is not from 1 to 65535"),
        ("tcp://a b:1", "a space in it; write one gate a line"),
        ("tcp://a:1 tcp://b:2", "a space in it; write one gate a line"),
        ("tcp://db:1/", "a path in it; write tcp://host:port"), ("tcp://a,b:1", "'a,b' is not the name of a host"),
        ("tcp://u@db:1", "'u@db' is not the name of a host"),
        ("tcp://::1:80", "an IPv6 address stands in brackets, as in [::1]:80"),
        ("tcp://[::1:80", "no ] after the address"), ("tcp://[db]:80", "'db' is not an IPv6 address"),
        ("tcp://[1.2.3.4]:80", "'1.2.3.4' is not an IPv6 address"), ("tcp://[::1]", "no port"),
        ("tcp://[::1]80", "'80' after the address; write a colon and the port"),
        ("unix://run/x", "the path is not absolute; write unix:///path, with three slashes"),
        ("unix://", "no path; write unix:///path, with three slashes"),
        ("unix:///" + String(repeating: "x", count: 107), "the path of a socket has at most 107 bytes"),
        ("file://run/x", "the path is not absolute; write file:///path, with three slashes"),
        ("file:/run/x", "no // after the colon; write file:///path"),
        ("http:web", "no // after the colon; write http://host:port/path"), ("http:///x", "no host"),
        ("http://web:/", "no port"), ("http://web:80000/", "the port '80000' is not from 1 to 65535"),
        ("http://u:p@web/", "a user in it, which is not supported; use exec:curl"),
        ("http://web/a b", "a space in it; write one gate a line"),
        ("http://web/#/a", "a # in it, and what follows that is never sent to a server"),
        ("http://web/\u{1}", "a control character in the path"), ("exec:", "no command after the colon"),
        ("exec: ", "no command after the colon"), ("exec:''", "no command"),
        ("exec:a 'b", "an unclosed quotation mark (' ;' and ' #' begin comments), or a backslash at the end"),
        ("exec:a \\", "an unclosed quotation mark (' ;' and ' #' begin comments), or a backslash at the end"),
        ("log:", "no pattern after the colon"), ("message: ", "no text after the colon"),
        ("log:a\0b", "a NUL byte in it"),
    ])
    func whatIsNoGateNeverPassesAndSaysWhy(line: String, reason: String) {
        #expect(reader.gate(line) == Gate(text: line, kind: .unreadable(reason)))
    }

    @Test func theWordsOfTheLibrarySayWhatIsWrongWithAPattern() {
        guard case .unreadable(let reason) = reader.gate("log:a(b").kind else {
            Issue.record("it was read")
            return
        }
        #expect(reason.hasPrefix("not a regular expression: ") && reason.utf8.count > 30, "\(reason)")
    }

    @Test(arguments: [
        ("", []), ("notify", ["notify"]), ("\n  notify \n\n\ttcp://a:1\r\n", ["notify", "tcp://a:1"]),
        ("notify\nnotify", ["notify", "notify"]),
    ])
    func aValueHasAGateALine(value: String, gates: [String]) {
        #expect(reader.gates(value).map { $0.text } == gates)
    }

    @Test func noTextCrashesTheReader() {
        var random = SeededGenerator(state: 13)
        let pieces =
            GateScheme.allCases.map { "\($0):" } + ["//", "[", "]", ":", "@", "/", "?", "#", " ", "%", "\\", "\"", "é"]
        for round in 0..<5000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                if round.isMultiple(of: 2) || Bool.random(using: &random) {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    bytes += pieces.randomElement(using: &random)?.utf8.map { $0 } ?? []
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for gate in reader.gates(text) {
                #expect(!gate.text.isEmpty)
            }
        }
    }
}
