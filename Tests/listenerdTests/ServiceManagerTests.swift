import ExecutableTesting
import Foundation
import ListenerTesting
import Testing

@testable import ListenerKit
@testable import listenerd

@Suite struct ServiceManagerTests {
    private let folder: TestFolder
    private let warnings = Monitor("")

    init() throws {
        folder = try TestFolder()
    }

    private var path: String { folder.path(of: "manager") }

    private var reporter: Reporter {
        Reporter(program: "test") { [warnings] line in warnings.withLock { $0 += String(decoding: line, as: UTF8.self) }
        }
    }

    private static func receive(_ socket: borrowing NotificationSocket) async throws -> String {
        var text: String?
        while text == nil {
            text = socket.receive()?.assignments.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            try await Task.sleep(for: .milliseconds(2))
        }
        return text ?? ""
    }

    @Test(.timeLimit(.minutes(3)), arguments: [false, true])
    func everyChangeIsToldOnceAndREADYWithTheLast(isAbstract: Bool) async throws {
        let address = (isAbstract ? "@" : "") + path
        let socket = try NotificationSocket.open(at: address)
        let status = Monitor<ServiceStatus?>(nil)
        let asked = Monitor(0)
        let manager = try #require(ServiceManager(at: address, reporter))
        manager.start {
            asked.withLock { $0 += 1 }
            return try status.withLock { $0 } ?? { throw CancellationError() }()
        }
        #expect(await asked.wait(within: waitTimeout) { $0 >= 2 })
        #expect(socket.receive() == nil)
        status.withLock { $0 = ServiceStatus(isUp: false, text: "0 of 2 up; web waits for db") }
        #expect(try await Self.receive(socket) == "STATUS=0 of 2 up; web waits for db")
        let count = asked.withLock { $0 }
        #expect(await asked.wait(within: waitTimeout) { $0 >= count + 2 })
        status.withLock { $0 = ServiceStatus(isUp: true, text: "2 of 2 up") }
        #expect(try await Self.receive(socket) == "READY=1 STATUS=2 of 2 up")
        status.withLock { $0 = ServiceStatus(isUp: false, text: "1 of 2 up") }
        #expect(try await Self.receive(socket) == "STATUS=1 of 2 up")
        manager.stop(because: "SIGTERM")
        manager.stop(because: "SIGTERM again")
        #expect(try await Self.receive(socket) == "STOPPING=1 STATUS=stopping: SIGTERM")
        status.withLock { $0 = ServiceStatus(isUp: true, text: "2 of 2 up") }
        #expect(socket.receive() == nil)
        #expect(warnings.withLock { $0 } == "")
    }

    @Test func aStatusIsOneLine() async throws {
        let socket = try NotificationSocket.open(at: path)
        let manager = try #require(ServiceManager(at: path, reporter))
        manager.stop(because: "a\nREADY=1" + String(repeating: "x", count: 5000))
        let text = try await Self.receive(socket)
        #expect(text.hasPrefix("STOPPING=1 STATUS=stopping: a\\nREADY=1xxx"))
        #expect(text.count < 1100)
    }

    @Test func aSocketWithoutReceiverIsIgnoredAndSaidOnce() throws {
        let manager = try #require(ServiceManager(at: path, reporter))
        manager.stop(because: "SIGTERM")
        let expected = "test: warning: cannot tell the service manager at '\(path)' how everything stands: "
        #expect(warnings.withLock { $0 } == expected + "No such file or directory\n")
    }

    @Test func aFullSocketHoldsUpNothing() async throws {
        let socket = try NotificationSocket.open(at: path)
        let status = Monitor(0)
        let manager = try #require(ServiceManager(at: path, reporter))
        // Once the queue is full, each further message fails.
        let sender = try DatagramSender(to: try #require(SocketAddress(path: path)))
        #expect(throws: SystemError.self) {
            while true {
                try sender.send(Array("STATUS=full".utf8), "send")
            }
        }
        manager.start { ServiceStatus(isUp: false, text: "\(status.withLock { $0 += 1; return $0 })") }
        #expect(await status.wait(within: waitTimeout) { $0 >= 3 })
        manager.stop(because: "SIGTERM")
        #expect(warnings.withLock { $0 }.split(separator: "\n").count == 1)
        withExtendedLifetime(socket) {}
    }

    @Test(arguments: ["vsock:2:1234", "relative", "", "/" + String(repeating: "x", count: 200)])
    func otherAddressesAreNamed(address: String) {
        #expect(ServiceManager(at: address, reporter) == nil)
        #expect(warnings.withLock { $0 }.contains("$NOTIFY_SOCKET is '\(address)', no address of a socket"))
    }
}
