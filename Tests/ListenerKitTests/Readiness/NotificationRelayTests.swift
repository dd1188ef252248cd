import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct NotificationRelayTests {
    typealias Assignment = ReceivedNotification.Assignment

    private let folder: TestFolder
    private let relay: NotificationRelay
    private let warnings = Monitor("")

    init() throws {
        folder = try TestFolder()
        relay = try NotificationRelay(in: folder.path)
        relay.setSupervisord(getpid())
    }

    private func start(trusting users: Set<UInt32> = [getuid()]) {
        let reporter = Reporter(program: "test") { [warnings] line in
            warnings.withLock { $0 += String(decoding: line, as: UTF8.self) }
        }
        relay.start(trusting: users, reporter)
    }

    /// A listener, with what it has received.
    private final class TestListener: Sendable {
        let inbox = ReadinessInbox {}
        let thread: PollThread
        let sockets: NotificationSockets

        init(_ path: String) throws {
            thread = try PollThread()
            sockets = NotificationSockets(inbox, thread)
            #expect(sockets.receiveShared(from: path))
        }

        deinit {
            thread.finish()
        }

        /// What it has received since this was last read.
        var newValues: [String] {
            inbox.removeAll().flatMap { news in
                guard case .notified(let notification) = news else {
                    return [String]()
                }
                return notification.assignments.map { "\($0.name)=\($0.value)" }
            }
        }

        func values(_ count: Int) async throws -> [String] {
            var values: [String] = []
            try await wait(for: "\(count) values", diagnostics: { "\(values)" }) {
                values += newValues
                return values.count >= count
            }
            return values
        }
    }

    private func send(_ text: String) throws {
        try DatagramSender(to: try #require(SocketAddress(path: relay.programPath))).send(Array(text.utf8), "send")
    }

    /// Starts a program that sends each line of a file once there is one.
    private func program(_ name: String) throws -> RunningProgram {
        let script = """
            import os, socket, sys, time
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            while not os.path.exists(sys.argv[1]):
                time.sleep(0.01)
            for line in open(sys.argv[1]):
                s.sendto(line.strip().encode(), sys.argv[2])
            time.sleep(600)
            """
        let arguments = ["python3", "-c", script, folder.path(of: name), relay.programPath]
        return try RunningProgram("/usr/bin/env", arguments, output: folder.path(of: "output"))
    }

    @Test func withoutSuperviseNothingIsShared() throws {
        let sockets = NotificationSockets(ReadinessInbox {}, try PollThread())
        #expect(!sockets.receiveShared(from: nil))
    }

    @Test func everyListenerGetsWhatComes() async throws {
        start()
        let listeners = try [TestListener(relay.listenerPath), TestListener(relay.listenerPath)]
        let program = try program("web")
        defer { program.send(SIGKILL) }
        try folder.write("READY=1\n", to: "web")
        for listener in listeners {
            #expect(try await listener.values(1).first == "READY=1")
        }
        relay.finish()
    }

    @Test func aListenerThatComesLaterGetsWhatWasSaidLast() async throws {
        start()
        let first = try TestListener(relay.listenerPath)
        let program = try program("web")
        defer { program.send(SIGKILL) }
        try folder.write("STATUS=a\nWATCHDOG=1\nREADY=1\nSTATUS=b\n", to: "web")
        #expect(try await first.values(4) == ["STATUS=a", "WATCHDOG=1", "READY=1", "STATUS=b"])
        let second = try TestListener(relay.listenerPath)
        #expect(try await second.values(2) == ["READY=1", "STATUS=b"])
        // Strangers are passed on, and not remembered.
        try send("STATUS=stranger")
        #expect(try await second.values(1) == ["STATUS=stranger"])
        let third = try TestListener(relay.listenerPath)
        #expect(try await third.values(2) == ["READY=1", "STATUS=b"])
        program.send(SIGKILL)
        _ = try await program.waitForEnd()
        let fourth = try TestListener(relay.listenerPath)
        var values: [String] = []
        try await wait(for: "a value") {
            try send("STATUS=end")
            values += fourth.newValues
            return !values.isEmpty
        }
        #expect(values.first == "STATUS=end")
        relay.finish()
    }

    @Test func aListenerThatReadsNothingHoldsUpNobody() async throws {
        start()
        let lazy = try StreamSocket(for: try #require(SocketAddress(path: relay.listenerPath)))
        #expect(lazy.connect(to: try #require(SocketAddress(path: relay.listenerPath))) == .done)
        let listener = try TestListener(relay.listenerPath)
        let program = try program("web")
        defer { program.send(SIGKILL) }
        let status = String(repeating: "x", count: 4000)
        try folder.write((0..<1000).map { "STATUS=\($0)\(status)\n" }.joined(), to: "web")
        #expect(try await listener.values(1000).last?.hasPrefix("STATUS=999x") ?? false)
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        try await wait(for: "the end of the connection") {
            switch lazy.receive(into: &bytes) {
            case .moved(let count): count == 0
            case .mustWait: false
            case .failed: true
            }
        }
        relay.finish()
    }

    @Test func aStrangerIsNotServed() async throws {
        start(trusting: [])
        let listener = try TestListener(relay.listenerPath)
        #expect(
            await warnings.wait(within: waitTimeout) {
                $0.contains(
                    "passing no notifications on to a process of user \(getuid()): no listener runs as that user"
                )
            }
        )
        try send("READY=1")
        #expect(listener.inbox.removeAll() == [])
        relay.finish()
    }

    @Test func aListenerConnectsAgain() async throws {
        let other = try TestFolder()
        let path = other.path(of: "notifications")
        let listener = try TestListener(path)
        let later = try NotificationRelay(in: other.path)
        later.start(trusting: [getuid()], Reporter(program: "test") { _ in })
        let sender = try DatagramSender(to: try #require(SocketAddress(path: later.programPath)))
        var values: [String] = []
        try await wait(for: "a notification") {
            try? sender.send(Array("READY=1".utf8), "send")
            values += listener.newValues
            return !values.isEmpty
        }
        later.finish()
        relay.finish()
    }
}
