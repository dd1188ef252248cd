import ListenerKit
import Synchronization
import Testing

/// The client's errors with servers that do not behave as they should.
@Suite(.timeLimit(.minutes(10))) struct SupervisorCallTests {
    private let good = Replies.http(Replies.document("<int>12</int>"))

    /// Calls a method without parameters that returns a number.
    private func call(
        _ server: ScriptedServer,
        _ limit: Duration = .seconds(600),
        _ credentials: Credentials? = nil
    ) async throws(SupervisorError) -> XMLRPCValue {
        let supervisor = Supervisor(endpoint: server.endpoint, credentials: credentials, timeout: limit)
        return try await supervisor.call("supervisor.getPID")
    }

    @Test(arguments: [false, true])
    func aCallIsOneRequestOnAConnectionOfItsOwn(onPort: Bool) async throws {
        let server = try ScriptedServer(onPort: onPort) { [good] connection in
            connection.readRequest()
            connection.send(good)
        }
        let credentials = Credentials(username: "me", password: "pä:ss")
        #expect(try await call(server, .seconds(600), credentials) == 12)
        #expect(try await call(server) == 12)
        let requests = server.requests
        try #require(requests.count == 2)
        let (head, body) = try #require(requests.first?.divided(at: "\r\n\r\n"))
        let lines = head.split(separator: "\r\n")
        #expect(lines.first == "POST /RPC2 HTTP/1.1")
        #expect(lines.contains("Connection: close"))
        #expect(lines.contains("Content-Length: \(body.utf8.count)"))
        #expect(lines.contains("Authorization: Basic bWU6cMOkOnNz"))
        #expect(requests.last?.contains("Authorization") == false)
    }

    @Test(arguments: [
        ("401 Unauthorized", SupervisorError.Kind.unauthorized), ("404 Not Found", .status(404)),
        ("411 Length Required", .status(411)), ("500 Internal Server Error", .status(500)),
        ("302 Found", .status(302)),
    ])
    func httpStatusesAreReported(status: String, kind: SupervisorError.Kind) async throws {
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(Replies.http("<html>no</html>", status: status))
        }
        await expect(server, kind)
    }

    @Test(arguments: [
        ("", SupervisorError.Kind.cutOff), ("HTTP/1.1 200 OK\r\nContent-", .cutOff),
        (Replies.http("<methodResponse><params>", length: 10), .cutOff),
        (Replies.http(Replies.document("<int>12</int>"), length: 9999), .cutOff),
        (Replies.http(""), .cutOff), (Replies.http("rubbish"), .malformed), (Replies.http("<html/>"), .malformed),
        ("220 mail.example ESMTP\r\n", .malformed), ("\u{0}\u{1}\u{2}", .malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .malformed),
        (Replies.http(Replies.fault(10, "BAD_NAME: x")), .fault(.badName)),
    ])
    func aBadReplyIsAnError(reply: String, kind: SupervisorError.Kind) async throws {
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(reply)
        }
        await expect(server, kind)
    }

    @Test func aReplyMayBeLongerThanAnnounced() async throws {
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(Replies.http(Replies.document("münchen"), length: 5))
        }
        #expect(try await call(server) == "münchen")
    }

    /// supervisord closes a connection only after it has delivered its events, perhaps to a listener that waits for the reply.
    @Test func aReplyIsTakenAtItsEndAndNotAtThatOfItsConnection() async throws {
        let server = try ScriptedServer { [good] connection in
            connection.readRequest()
            connection.send(good)
            connection.hang()
        }
        #expect(try await call(server) == 12)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 300000000\r\n\r\n", "is longer than 67108864 bytes"),
        ("HTTP/1.1 200 OK\r\n", "headers have no end"),
    ])
    func oversizedRepliesAreRejected(beginning: String, reason: String) async throws {
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(beginning)
            let more = Array(repeating: UInt8(ascii: "x"), count: 65536)
            while connection.send(more) {}
        }
        let error = await #expect(throws: SupervisorError.self) { try await call(server) }
        #expect(error.map { SupervisorError.Kind($0) } == .malformed)
        #expect(error.map { "\($0)" }?.contains(reason) == true)
    }

    /// The bytes that have arrived before the last one.
    private final class Before: Sendable {
        let requests = Mutex<[String]?>(nil)
    }

    @Test func lastByteIsSentOnceItIsReleased() throws {
        let server = try ScriptedServer { [good] connection in
            connection.readRequest()
            connection.send(good)
        }
        let supervisor = Supervisor(endpoint: server.endpoint, timeout: .seconds(600))
        let before = Before()
        let value = try supervisor.callBlocking("supervisor.getPID") {
            pause(for: .milliseconds(20))
            before.requests.withLock { $0 = server.requests }
        }
        #expect(value == 12)
        #expect(before.requests.withLock { $0 } == [])
        #expect(server.requests.count == 1)
    }

    @Test func aReplyMayComeInPiecesOfOneByte() async throws {
        let server = try ScriptedServer(onPort: true) { [good] connection in
            connection.readRequest()
            for byte in good.utf8 {
                connection.send([byte])
            }
        }
        #expect(try await call(server) == 12)
    }

    @Test func aLargeReplyIsReadWhole() async throws {
        let names = (0..<500).map { "p\($0)" }
        let reply = Replies.http(Replies.document(Replies.array(names.map(Replies.process))))
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(reply)
        }
        let processes = try await Supervisor(endpoint: server.endpoint).allProcessInfo(within: .seconds(600))
        #expect(processes.map(\.name) == names.map { ProcessName(group: "grp", process: $0) })
    }

    @Test func theDeepestReplyHasRoomOnTheStackOfAThread() async throws {
        let open = String(repeating: "<struct><member><name>a</name><value>", count: 32)
        let close = String(repeating: "</value></member></struct>", count: 32)
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(Replies.http(Replies.document(open + close)))
        }
        #expect(try await call(server)["a"]?["a"]?["a"]?.struct?.count == 1)
    }

    @Test func aServerThatClosesAtOnceIsAnError() async throws {
        let silent = try ScriptedServer { _ in }
        await #expect(throws: SupervisorError.self) { try await call(silent) }
        let resetting = try ScriptedServer(onPort: true) { $0.reset() }
        await #expect(throws: SupervisorError.self) { try await call(resetting) }
    }

    @Test func aServerThatAnswersBeforeItHasReadAllIsHeard() async throws {
        let server = try ScriptedServer { connection in
            connection.send(Replies.http("", status: "401 Unauthorized"))
        }
        let supervisor = Supervisor(endpoint: server.endpoint, timeout: .seconds(600))
        let long = XMLRPCValue.string(String(repeating: "x", count: 4_000_000))
        let error = await #expect(throws: SupervisorError.self) { try await supervisor.call("m", [long]) }
        // The kernel may discard the answer together with unread bytes.
        #expect([.unauthorized, .connectionLost].contains(error.map { SupervisorError.Kind($0) }))
    }

    @Test func aServerThatHangsOrDripsMeetsTheTimeLimit() async throws {
        let deaf = try ScriptedServer(accepts: false) { _ in }
        await expect(deaf, .timedOut, within: .milliseconds(100))
        let hanging = try ScriptedServer { $0.hang() }
        await expect(hanging, .timedOut, within: .milliseconds(100))
        let dripping = try ScriptedServer { connection in
            while connection.send("x") {}
        }
        await expect(dripping, .timedOut, within: .milliseconds(100))
        await expect(dripping, .timedOut, within: .zero)
    }

    @Test func aServerThatReadsNothingMeetsTheTimeLimit() async throws {
        let server = try ScriptedServer(accepts: false) { _ in }
        let supervisor = Supervisor(endpoint: server.endpoint, timeout: .milliseconds(100))
        let long = XMLRPCValue.string(String(repeating: "x", count: 4_000_000))
        let error = await #expect(throws: SupervisorError.self) { try await supervisor.call("m", [long]) }
        #expect(error.map { SupervisorError.Kind($0) } == .timedOut)
    }

    @Test func aFullBacklogIsWaitedForUntilTheTimeLimit() async throws {
        let server = try ScriptedServer(backlog: 0, accepts: false) { [good] connection in
            connection.readRequest()
            connection.send(good)
        }
        await expect(server, .timedOut, within: .milliseconds(100))
        await expect(server, .timedOut, within: .milliseconds(100))
        await expect(server, .timedOut, within: .milliseconds(100))
        server.accept()
        #expect(try await call(server) == 12)
    }

    @Test func manyCallsAtOnceAllEnd() async throws {
        let server = try ScriptedServer { [good] connection in
            connection.readRequest()
            connection.send(good)
        }
        let answered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask { (try? await call(server)) == 12 }
            }
            var answered = 0
            for await success in group where success {
                answered += 1
            }
            return answered
        }
        #expect(answered == 100)
    }

    @Test(arguments: [
        (Endpoint.unix(path: "/nonexistent/supervisor.sock"), "No such file or directory"),
        (.unix(path: "/dev/null"), "Connection refused"),
        (.unix(path: "/" + String(repeating: "x", count: 200)), "File name too long"),
        (.http(host: "localhost", port: 1), "Connection refused"),
        (.http(host: "0.0.0.0", port: 1), "Connection refused"),
    ])
    func unreachableServersAreReportedWithTheReason(endpoint: Endpoint, reason: String) async {
        let supervisor = Supervisor(endpoint: endpoint, timeout: .seconds(600))
        let error = await #expect(throws: SupervisorError.self) { try await supervisor.pid() }
        guard case .cannotReach(endpoint, let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.reason == reason)
    }

    @Test func unknownHostsAreReported() async {
        let supervisor = Supervisor(endpoint: .http(host: "no such host", port: 1))
        let error = await #expect(throws: SupervisorError.self) { try await supervisor.pid() }
        #expect(error.map { SupervisorError.Kind($0) } == .unknownHost)
    }

    @Test func unsendableValuesAreRejectedBeforeConnecting() async {
        let supervisor = Supervisor(endpoint: .unix(path: "/nonexistent"))
        await #expect(
            throws: SupervisorError.invalidArgument(character: "\u{1B}", method: "supervisor.sendProcessStdin")
        ) {
            try await supervisor.sendProcessStdin("cat", "\u{1B}[0m")
        }
    }

    @Test func aCallCanBeMadeWithoutATask() throws {
        let server = try ScriptedServer { [good] connection in
            connection.readRequest()
            connection.send(good)
        }
        #expect(try Supervisor(endpoint: server.endpoint).callBlocking("supervisor.getPID") == 12)
    }

    private func expect(
        _ server: ScriptedServer,
        _ kind: SupervisorError.Kind,
        within limit: Duration = .seconds(600)
    ) async {
        let error = await #expect(throws: SupervisorError.self) { try await call(server, limit) }
        #expect(error.map { SupervisorError.Kind($0) } == kind)
    }
}

extension SupervisorError {
    /// An error without the parts that differ from run to run.
    enum Kind: Equatable {
        case cannotReach, unknownHost, timedOut, unauthorized, connectionLost, cutOff, malformed, invalidArgument
        case status(Int)
        case fault(Fault.Known?)

        init(_ error: SupervisorError) {
            self =
                switch error {
                case .cannotReach: .cannotReach
                case .unknownHost: .unknownHost
                case .timedOut: .timedOut
                case .unauthorized: .unauthorized
                case .httpStatus(let status, _, _): .status(status)
                case .connectionLost: .connectionLost
                case .cutOff: .cutOff
                case .malformedReply: .malformed
                case .invalidArgument: .invalidArgument
                case .fault(let fault, _, _): .fault(fault.known)
                }
        }
    }
}

extension String {
    /// Returns the text before and after the first occurrence of a separator.
    fileprivate func divided(at separator: String) -> (Substring, Substring)? {
        firstRange(of: separator).map { (self[..<$0.lowerBound], self[$0.upperBound...]) }
    }
}
