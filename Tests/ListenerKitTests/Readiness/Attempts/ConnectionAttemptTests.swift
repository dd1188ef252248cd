import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct ConnectionAttemptTests {
    private static let hasSix = (try? LoopbackServer(.six)) != nil
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private func tcp(_ host: String, _ port: UInt16) async throws -> ProbeOutcome {
        try await AttemptMaker.outcome(.tcp(host: host, port: port))
    }

    private func page(_ server: LoopbackServer, timeout: Duration = AttemptMaker.noTimeout) async throws -> ProbeOutcome
    {
        let probe = ProgramProbe.http(host: "127.0.0.1", port: server.port, path: "/health")
        return try await AttemptMaker.outcome(probe, timeout: timeout)
    }

    // The last one is known to the C library's resolver alone.
    @Test(arguments: ["127.0.0.1", "localhost", "LOCALHOST", "0.0.0.0", "127.1"])
    func aPortThatAcceptsPasses(host: String) async throws {
        let server = try LoopbackServer(.four)
        #expect(try await tcp(host, server.port) == .passed)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "127.1"])
    func aPortWithoutAServerRefuses(host: String) async throws {
        // No other process gets the port.
        let reserved = try LoopbackServer(.four, backlog: nil)
        #expect(try await tcp(host, reserved.port) == .failed("connection refused"))
    }

    @Test(.enabled(if: hasSix), arguments: ["::1", "::"])
    func addressesOfTheSixthVersionAreReached(host: String) async throws {
        let server = try LoopbackServer(.six)
        #expect(try await tcp(host, server.port) == .passed)
    }

    @Test(.enabled(if: hasSix))
    func theNextAddressIsTriedIfOneRefuses() async throws {
        let server = try LoopbackServer(.six)
        #expect(try await tcp("localhost", server.port) == .passed)
    }

    @Test(.enabled(if: hasSix))
    func theNextAddressIsTriedIfOneDoesNotAnswer() async throws {
        let full = try LoopbackServer(.four, backlog: 0)
        let clients = try fill(full)
        // If another test has that port, there is a server all the same.
        let server = try? LoopbackServer(.six, port: full.port)
        let probe = ProgramProbe.tcp(host: "localhost", port: full.port)
        #expect(try await AttemptMaker.outcome(probe, timeout: .seconds(2)) == .passed)
        withExtendedLifetime((server, clients)) {}
    }

    @Test func aServerThatDoesNotAnswerIsNotWaitedForTooLong() async throws {
        let full = try LoopbackServer(.four, backlog: 0)
        let clients = try fill(full)
        let probe = ProgramProbe.tcp(host: "127.0.0.1", port: full.port)
        let outcome = try await AttemptMaker.outcome(probe, timeout: .milliseconds(1500))
        #expect(outcome == .failed("timed out after 1.5 s"))
        withExtendedLifetime(clients) {}
    }

    @Test(arguments: ["no such host", "a..b"])
    func aHostThatDoesNotExistIsNamed(host: String) async throws {
        guard case .failed(let answer) = try await tcp(host, 80) else {
            Issue.record("\(host) exists")
            return
        }
        #expect(answer.hasPrefix("unknown host '\(host)': "), "\(answer)")
    }

    @Test func aPathThatAcceptsPassesEvenIfItsBacklogIsFull() async throws {
        let folder = try TemporaryFolder()
        let probe = ProgramProbe.unix(path: "\(folder.path)/socket")
        #expect(try await AttemptMaker.outcome(probe) == .failed("no such file or directory"))
        do {
            let server = try LoopbackServer(.path("\(folder.path)/socket"), backlog: 0)
            for _ in 0..<3 {
                #expect(try await AttemptMaker.outcome(probe) == .passed)
            }
            let clients = try (0..<3).map { _ in try client(SocketAddress(path: "\(folder.path)/socket")) }
            #expect(try await AttemptMaker.outcome(probe) == .passed)
            withExtendedLifetime((server, clients)) {}
        }
        #expect(try await AttemptMaker.outcome(probe) == .failed("connection refused"), "the file of the last run")
    }

    @Test func aPathThatIsTooLongIsSaidToBe() async throws {
        let path = "/" + String(repeating: "x", count: 200)
        #expect(
            try await AttemptMaker.outcome(.unix(path: path)) == .failed("the path is too long for a Unix socket")
        )
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n", .passed), ("HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n", .passed),
            ("HTTP/1.1 503 Service Unavailable\r\n\r\n", .failed("HTTP 503")),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\n\r\n", .passed),
            ("SSH-2.0-OpenSSH_9.2\r\n", .failed("the answer is not HTTP")), ("", .failed("closed without an answer")),
        ] as [(String, ProbeOutcome)]
    )
    func thePageIsAskedForAndItsStatusRead(answer: String, outcome: ProbeOutcome) async throws {
        let server = try LoopbackServer(.four)
        server.serve(answer)
        #expect(try await page(server) == outcome)
        let head = "GET /health HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nUser-Agent: listenerd\r\n"
        #expect(server.requests == ["\(head)Connection: close\r\n\r\n"], "no redirect is followed")
    }

    @Test func anAnswerMayComeByteByByte() async throws {
        let server = try LoopbackServer(.four)
        server.serve { connection in
            for character in "HTTP/1.1 503 No\r\n\r\n" {
                LoopbackServer.send(String(character), connection)
                usleep(1000)
            }
        }
        #expect(try await page(server) == .failed("HTTP 503"))
    }

    @Test func aServerMayWriteWholePagesWithoutAnError() async throws {
        let server = try LoopbackServer(.four)
        let (errors, report) = AsyncStream.makeStream(of: Int32.self)
        server.serve { connection in
            LoopbackServer.send("HTTP/1.1 200 OK\r\n\r\n", connection)
            let chunk = [UInt8](repeating: 1, count: 1000)
            for _ in 0..<200 {
                usleep(100)
                if send(connection, chunk, chunk.count, Int32(MSG_NOSIGNAL)) != chunk.count {
                    report.yield(errno)
                }
            }
            report.finish()
        }
        #expect(try await page(server) == .passed)
        let all = await errors.reduce(into: []) { $0.append($1) }
        #expect(all == [], "it was closed while the server wrote")
    }

    @Test func anEndlessPageIsNotReadForEver() async throws {
        let server = try LoopbackServer(.four)
        let (ends, report) = AsyncStream.makeStream(of: Void.self)
        server.serve { connection in
            LoopbackServer.send("HTTP/1.1 200 OK\r\n\r\n", connection)
            let chunk = [UInt8](repeating: 1, count: 65536)
            while send(connection, chunk, chunk.count, Int32(MSG_NOSIGNAL)) > 0 {}
            report.finish()
        }
        #expect(try await page(server) == .passed)
        for await _ in ends {}
    }

    @Test func aServerThatAcceptsButIsSilentIsNotWaitedForTooLong() async throws {
        let server = try LoopbackServer(.four)
        #expect(try await page(server, timeout: .milliseconds(200)) == .failed("timed out after 0.2 s"))
    }

    @Test func aServerThatResetsTheConnectionIsSaidTo() async throws {
        let server = try LoopbackServer(.four)
        server.serve { connection in
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
        }
        #expect(try await page(server) == .failed("connection reset by peer"))
    }

    @Test func aPortOfThisMachineThatConnectsToItselfIsNoServer() throws {
        // The system gives such a port by chance; here it is bound before.
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let socket = try StreamSocket(for: address)
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        address.withPointer { _ = bind(socket.fileDescriptor, $0, $1) }
        withUnsafeMutableBytes(of: &name) { bytes in
            _ = getsockname(socket.fileDescriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        let own = try #require(SocketAddress(numeric: "127.0.0.1", port: UInt16(bigEndian: name.sin_port)))
        var progress = socket.connect(to: own)
        if progress == .underWay {
            var request = pollfd(fd: socket.fileDescriptor, events: Int16(POLLOUT), revents: 0)
            poll(&request, 1, -1)
            progress = socket.progress
        }
        #expect(progress == .failed(SystemError("connect", code: ECONNREFUSED)))
    }

    /// Connects until nobody else can.
    private func fill(_ server: LoopbackServer) throws -> [StreamSocket] {
        try (0..<4).map { _ in try client(SocketAddress(numeric: "127.0.0.1", port: server.port)) }
    }

    private func client(_ address: SocketAddress?) throws -> StreamSocket {
        let address = try #require(address)
        let socket = try StreamSocket(for: address)
        _ = socket.connect(to: address)
        var request = pollfd(fd: socket.fileDescriptor, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 50)
        return socket
    }
}
