import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit
@testable import ListenerTesting

/// Notifications of other processes.
@Suite struct NotificationSenderTests {
    typealias Assignment = ReceivedNotification.Assignment

    static let systemdNotify = "/usr/bin/systemd-notify"

    private let folder: TestFolder
    private let thread: PollThread
    private let inbox = ReadinessInbox {}

    init() throws {
        folder = try TestFolder()
        thread = try PollThread()
    }

    /// Runs a shell script with `$NOTIFY_SOCKET` in a process group of its own, as supervisord does.
    private func run(_ script: String, socket: String) throws -> RunningProgram {
        try RunningProgram(
            "/usr/bin/env",
            ["python3", "-c", "import os, sys; os.setpgrp(); os.execv('/bin/sh', ['sh', '-c', sys.argv[1]])", script],
            environment: ["NOTIFY_SOCKET": socket],
            output: folder.path(of: "output")
        )
    }

    /// Waits for a number of notifications.
    private func notifications(_ count: Int) async throws -> [ReceivedNotification] {
        var all: [ReceivedNotification] = []
        try await wait(for: "\(count) notifications", diagnostics: { folder.text(of: "output") }) {
            for case .notified(let notification) in inbox.removeAll() {
                all.append(notification)
            }
            return all.count >= count
        }
        return all
    }

    /// Returns a command that sends a text, as any program can.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The command ends once this file exists, or its folder does not; nil for at once.
    /// - Returns: The command.
    private static func send(_ text: String, until file: String? = nil) -> String {
        """
        python3 -c 'import os, socket, time
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.sendto(b"\(text)", os.environ["NOTIFY_SOCKET"].replace("@", chr(0), 1))
        file = "\(file ?? "/")"
        while os.path.exists(os.path.dirname(file)) and not os.path.exists(file): time.sleep(0.01)'
        """
    }

    @Test(arguments: [false, true])
    func aChildOfAProgramIsTracedToIt(isAbstract: Bool) async throws {
        let sockets = NotificationSockets(inbox, thread)
        let address = (isAbstract ? "@" : "") + folder.path(of: "notify")
        sockets.receive(at: address)
        sockets.receive(at: address)
        let program = try run("\(Self.send("READY=1", until: folder.path(of: "end"))); exit 0", socket: address)
        let notification = try #require(try await notifications(1).first)
        try folder.write("", to: "end")
        #expect(notification.assignments == [Assignment("READY", "1")])
        #expect(notification.senders.contains(Int(program.pid)))
        #expect(try await program.waitForEnd() == .status(0))
        #expect(inbox.removeAll() == [])
        thread.finish()
    }

    @Test func anOrphanOfAProgramIsTracedToItByItsGroup() async throws {
        let sockets = NotificationSockets(inbox, thread)
        sockets.receive(at: folder.path(of: "notify"))
        // The program ends at once, and what it has left behind sends later.
        let sending = Self.send("READY=1", until: folder.path(of: "end"))
        let script = "(until [ -e \(folder.path(of: "go")) ]; do sleep 0.02; done; \(sending)) &"
        let program = try run(script, socket: folder.path(of: "notify"))
        #expect(try await program.waitForEnd() == .status(0))
        try folder.write("", to: "go")
        let notification = try #require(try await notifications(1).first)
        try folder.write("", to: "end")
        #expect(notification.senders.contains(Int(program.pid)))
        thread.finish()
    }

    @Test func aSenderThatIsGoneIsKnownByItsPidAlone() async throws {
        let sockets = NotificationSockets(inbox, thread)
        let path = folder.path(of: "notify")
        let socket = try NotificationSocket.open(at: path)
        let program = try run("exec \(Self.send("READY=1"))", socket: path)
        #expect(try await program.waitForEnd() == .status(0))
        try await wait(for: "the pid to be free") { !FileManager.default.fileExists(atPath: "/proc/\(program.pid)") }
        #expect(socket.receive()?.senders == [Int(program.pid)])
        withExtendedLifetime(sockets) {}
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: systemdNotify)))
    func systemdNotifyDoesNotHang() async throws {
        let sockets = NotificationSockets(inbox, thread)
        sockets.receive(at: folder.path(of: "notify"))
        let script = "for i in 1 2 3; do \(Self.systemdNotify) --ready --status=$i || exit 1; done; exit 0"
        let program = try run(script, socket: folder.path(of: "notify"))
        #expect(try await program.waitForEnd() == .status(0), "\(folder.text(of: "output"))")
        let all = try await notifications(6)
        for (index, notification) in all.filter({ $0.assignments.first?.name == "READY" }).enumerated() {
            #expect(notification.senders.contains(Int(program.pid)), "\(all)")
            #expect(notification.assignments.contains(Assignment("STATUS", "\(index + 1)")), "\(all)")
        }
        thread.finish()
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: systemdNotify)))
    func systemdNotifyWaitsUntilItIsItsTurn() async throws {
        let path = folder.path(of: "notify")
        let socket = try NotificationSocket.open(at: path)
        for index in 0..<5 {
            try DatagramSender(to: try #require(SocketAddress(path: path))).send(Array("STATUS=\(index)".utf8), "send")
        }
        let program = try run("\(Self.systemdNotify) --ready; exit 0", socket: path)
        // It waits for five seconds, for which the threads of other tests may hold this one up.
        let received = await withDedicatedThread {
            var received: [ReceivedNotification] = []
            while !received.contains(where: { $0.assignments.first?.name == "BARRIER" }),
                !poll(for: [socket.fileDescriptor], until: .now + waitTimeout).isEmpty
            {
                while let notification = socket.receive() {
                    received.append(notification)
                }
            }
            return received
        }
        #expect(try await program.waitForEnd() == .status(0))
        #expect(received.count == 7)
        for notification in received.dropFirst(5) {
            #expect(notification.senders.contains(Int(program.pid)), "\(received)")
        }
    }

    @Test func manyDescriptorsAreClosed() async throws {
        let path = folder.path(of: "notify")
        let sockets = NotificationSockets(inbox, thread)
        sockets.receive(at: path)
        let script = """
            python3 -c '
            import array, os, socket
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            read, write = os.pipe()
            fds = array.array("i", [write] * 200)
            s.sendmsg([b"BARRIER=1"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)], 0, os.environ["NOTIFY_SOCKET"])
            os.close(write)
            os.read(read, 1)
            '; exit $?
            """
        let program = try run(script, socket: path)
        #expect(try await program.waitForEnd() == .status(0), "\(folder.text(of: "output"))")
        thread.finish()
    }
}
