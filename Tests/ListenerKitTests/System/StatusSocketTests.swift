import Glibc
import ExecutableTesting
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct StatusSocketTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/status" }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [0, 7, 70, 255] as [UInt8])
    func aStatusArrivesWithItsSender(status: UInt8) throws {
        let socket = try StatusSocket(path: path)
        try StatusSocket.send(status: status, to: path)
        let received = try #require(try socket.receive())
        #expect(received.status == status)
        #expect(received.user == getuid())
        #expect(try socket.receive() == nil)
    }

    @Test(arguments: [nil, "web is FATAL", "zwölf of 12"])
    func aStatusMayHaveAReason(reason: String?) throws {
        let socket = try StatusSocket(path: path)
        try StatusSocket.send(status: 70, reason: reason, to: path)
        #expect(try socket.receive() == StatusSocket.Status(status: 70, reason: reason, user: getuid()))
    }

    @Test func aReasonIsOneLineThatIsNotTooLong() throws {
        let socket = try StatusSocket(path: path)
        try StatusSocket.send(status: 70, reason: "a\nb" + String(repeating: "x", count: 5000), to: path)
        let reason = try #require(try socket.receive()?.reason)
        #expect(reason.hasPrefix("a\\nbxxx"))
        #expect(reason.utf8.count < 1024)
    }

    @Test func statusesArriveInTheirOrder() throws {
        let socket = try StatusSocket(path: path)
        try StatusSocket.send(status: 1, to: path)
        try StatusSocket.send(status: 2, to: path)
        #expect(try socket.receive()?.status == 1)
        #expect(try socket.receive()?.status == 2)
        #expect(try socket.receive() == nil)
    }

    @Test(arguments: ["", "\n", "7", "256\n", "-1\n", "+7\n", " 7\n", "7 \n", "7\n\n", "0007\n", "seven\n"])
    func invalidDatagramsAreSkipped(text: String) throws {
        let socket = try StatusSocket(path: path)
        #expect(send(text))
        try StatusSocket.send(status: 7, to: path)
        #expect(try socket.receive()?.status == 7)
        #expect(try socket.receive() == nil)
    }

    @Test func anybodyMaySend() throws {
        let socket = try StatusSocket(path: path)
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_mode & 0o777 == 0o666)
        withExtendedLifetime(socket) {}
    }

    @Test func thePathGoesAwayWithTheSocketAndThenNobodyReceives() throws {
        do {
            let socket = try StatusSocket(path: path)
            #expect(access(path, F_OK) == 0)
            withExtendedLifetime(socket) {}
        }
        #expect(access(path, F_OK) != 0)
        #expect(throws: SystemError("send a status to '\(path)'", code: ENOENT)) {
            try StatusSocket.send(status: 7, to: path)
        }
    }

    @Test func aPathThatIsTakenStaysAsItIs() throws {
        let socket = try StatusSocket(path: path)
        #expect(throws: SystemError("listen at '\(path)'", code: EADDRINUSE)) {
            _ = try StatusSocket(path: path)
        }
        try StatusSocket.send(status: 7, to: path)
        #expect(try socket.receive()?.status == 7)
    }

    @Test func aPathThatIsTooLongIsNamed() {
        let long = "/" + String(repeating: "x", count: 200)
        #expect(throws: SystemError("listen at '\(long)'", code: ENAMETOOLONG)) {
            _ = try StatusSocket(path: long)
        }
        #expect(throws: SystemError("send a status to '\(long)'", code: ENAMETOOLONG)) {
            try StatusSocket.send(status: 7, to: long)
        }
    }

    @Test func aStatusWaitsForItsPlaceInAFlood() async throws {
        let socket = try StatusSocket(path: path)
        while send("flood", waits: false) {}
        let sending = Task(executorPreference: DedicatedThread()) { [path] in
            try StatusSocket.send(status: 7, to: path)
        }
        var received: UInt8?
        while received == nil {
            received = try socket.receive()?.status
            await Task.yield()
        }
        #expect(received == 7)
        try await sending.value
    }

    @Test func sendingFailsIfNobodyReceives() async throws {
        try await withDedicatedThread {
            let socket = try StatusSocket(path: path)
            #expect(throws: SystemError.self) {
                for _ in 0..<100_000 {
                    try StatusSocket.send(status: 7, to: path)
                }
            }
            #expect(try socket.receive()?.status == 7)
        }
    }

    /// Sends any text.
    private func send(_ text: String, waits: Bool = true) -> Bool {
        let kind = Int32(SOCK_DGRAM.rawValue)
        let number = socket(AF_UNIX, kind, 0)
        defer { close(number) }
        let bytes = Array(text.utf8)
        let flags = waits ? 0 : Int32(MSG_DONTWAIT)
        let count = SocketAddress(path: path)?.withPointer { sendto(number, bytes, bytes.count, flags, $0, $1) }
        return count == bytes.count
    }
}
