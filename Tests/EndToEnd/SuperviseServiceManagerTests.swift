import ExecutableTesting
import Foundation
import ListenerKit
import Synchronization
import Testing

/// Notifications as in sd_notify(3): those of programs, and those of `supervise` itself.
@Suite struct SuperviseServiceManagerTests {
    /// A service manager, with what it was told.
    private final class Manager: Sendable {
        private let socket: NotificationSocket
        private let received = Mutex("")

        init(_ folder: TestFolder) throws {
            socket = try NotificationSocket.open(atPath: folder.path(of: "manager"))
        }

        /// All that it was told, a line for each message.
        var text: String {
            received.withLock { text in
                while let notification = socket.receive() {
                    text += notification.assignments.map { "\($0.name)=\($0.value)" }.joined(separator: " ") + "\n"
                }
                return text
            }
        }
    }

    /// Runs a test with a `supervise` that has a service manager.
    private static func run(
        _ arguments: [String],
        _ programs: String,
        _ test: (Supervise, Manager) async throws -> Void
    ) async throws {
        let options = Supervise.Options(environment: ["NOTIFY_SOCKET": "%(here)s/manager"])
        let managers = ManagerBox()
        try await Supervise.run(
            arguments,
            programs,
            files: ["notify.py": notifier, "orphan.sh": orphan],
            options,
            prepare: { managers.manager = try Manager($0) },
            { supervise in try await test(supervise, try managers.manager ?? { throw TestFailure("no manager") }()) }
        )
    }

    private final class ManagerBox {
        var manager: Manager?
    }

    /// Sends each line of a file to `$NOTIFY_SOCKET`, as there are more.
    private static let notifier = """
        import os, socket, sys, time
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        count = 0
        while True:
            lines = open(sys.argv[1]).readlines() if os.path.exists(sys.argv[1]) else []
            for line in lines[count:]:
                s.sendto(line.strip().encode(), os.environ["NOTIFY_SOCKET"])
            count = len(lines)
            time.sleep(0.01)

        """
    /// Starts a child that sends what a notifier sends, whose parent exits at once.
    private static let orphan = """
        (python3 $1/notify.py $1/orders >/dev/null 2>&1 &)
        exec sleep 600

        """

    private static let notifying = "python3 %(here)s/notify.py %(here)s/orders"

    @Test func readinessIsToldOnceEverythingIsUpAndReady() async throws {
        let programs =
            Sections.native("db", "sleep 600", after: "", "ready=file://%(here)s/go")
            + Sections.native("web", "sleep 600", after: "db")
        try await Self.run(["--ordered-startup"], programs) { supervise, manager in
            try await supervise.wait(for: "a status") { manager.text.contains("of 2 up; db not ready: ") }
            #expect(manager.text.contains("web waits for db to be running"), "\(manager.text)")
            #expect(!manager.text.contains("READY=1"), "\(manager.text)")
            try supervise.folder.write("", to: "go")
            try await supervise.wait(for: "READY") { manager.text.contains("READY=1 STATUS=2 of 2 up\n") }
            #expect(supervise.started == ["db", "web"])
            #expect(!manager.text.contains("STOPPING"), "\(manager.text)")
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
            let lines = [
                "STOPPING=1 STATUS=stopping: SIGTERM", "STATUS=stopping: 0 of 2 stopped; waits for web",
                "STATUS=stopping: 1 of 2 stopped; waits for db", "STATUS=stopping: 2 of 2 stopped",
            ]
            #expect(manager.text.hasSuffix("\n\(lines.joined(separator: "\n"))\n"), "\(manager.text)")
        }
    }

    @Test(arguments: [[], ["--fatal-exit"]])
    func withoutOrderedStartupAutostartedProgramsCount(arguments: [String]) async throws {
        let programs =
            Sections.program("web", "sleep 600") + Sections.program("tool", "sleep 600", "autostart=false")
            + Sections.native("db", "sleep 600", after: "web")
        try await Self.run(arguments, programs) { supervise, manager in
            try await supervise.wait(for: "READY") { manager.text.contains("READY=1 STATUS=1 of 1 up\n") }
            #expect(manager.text.hasPrefix("STATUS=0 of 1 up; web is STARTING"), "\(manager.text)")
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
            #expect(manager.text.hasSuffix("\nSTOPPING=1 STATUS=stopping: SIGTERM\n"), "\(manager.text)")
        }
    }

    @Test func aFailureIsTold() async throws {
        let programs = Sections.program("web", "sh -c 'exit 7'", "autorestart=false", "startsecs=0")
        try await Self.run(["--fatal-exit", "--fatal-exit-on", "exit"], programs) { supervise, manager in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
            let expected = "STOPPING=1 STATUS=stopping: web exited unexpectedly with status 7\n"
            #expect(manager.text.hasSuffix(expected), "\(manager.text)")
        }
    }

    @Test func programsDoNotGetTheSocketOfTheServiceManager() async throws {
        let command = "sh -c 'env >%(here)s/partial; mv %(here)s/partial %(here)s/env; exec sleep 600'"
        try await Self.run(["--log"], Sections.program("web", command)) { supervise, _ in
            try await supervise.wait(forFile: "env", "SUPERVISOR_ENABLED")
            #expect(!supervise.folder.text(of: "env").contains("NOTIFY"), "\(supervise.folder.text(of: "env"))")
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }

    @Test(arguments: [notifying, "/bin/sh %(here)s/orphan.sh %(here)s"])
    func aProgramIsReadyOnceItSaysSo(command: String) async throws {
        let programs =
            Sections.native("db", command, after: "", "ready=notify", "stopasgroup=true")
            + Sections.native("web", "sleep 600", after: "db")
        try await Self.run(["--ordered-startup"], programs) { supervise, manager in
            try supervise.folder.write("STATUS=recovering\n", to: "orders")
            try await supervise.wait(for: "the status of db") { manager.text.contains("recovering") }
            #expect(supervise.started == ["db"])
            try supervise.folder.write("STATUS=recovering\nREADY=1\n", to: "orders")
            try await supervise.wait(for: "READY") { manager.text.contains("READY=1 STATUS=2 of 2 up\n") }
            #expect(supervise.started == ["db", "web"])
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }

    @Test func aListenerThatIsRestartedKnowsWhatWasSaidBefore() async throws {
        let programs =
            Sections.native("db", Self.notifying, after: "", "ready=notify")
            + Sections.native("migrate", Sections.command(waitingFor: "go"), after: "db")
            + Sections.native("web", "sleep 600", after: "migrate:completed db:running")
        try await Self.run(["--ordered-startup"], programs) { supervise, manager in
            try supervise.folder.write("READY=1\n", to: "orders")
            try await supervise.wait(for: "migrate") { supervise.started.contains("migrate") }
            supervise.send(SIGKILL, to: "listenerd")
            try await supervise.wait(for: "another listener") { supervise.pids(of: "listenerd").count == 2 }
            try supervise.folder.write("", to: "go")
            try await supervise.wait(for: "web") { supervise.started.contains("web") }
            try await supervise.wait(for: "READY") { manager.text.contains("READY=1 STATUS=3 of 3 up\n") }
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }
}
