import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// Signals that are sent to `supervise`.
@Suite struct SuperviseSignalTests {
    /// Without --ordered-startup: supervisord is told at once.
    private static let handlers = ["--fatal-exit", "--log"]
    private static let pair =
        Sections.program("web", "sleep 600", "priority=2") + Sections.program("base", "sleep 600", "priority=1")

    /// Signals, and their names in supervisord's log.
    static let endings = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGQUIT, "SIGQUIT")]

    @Test(arguments: endings)
    func anOrderToEndIsPassedOn(signal: Int32, name: String) async throws {
        try await Supervise.run(Self.handlers, Self.pair) { supervise in
            try await supervise.wait(forLine: "web STARTING → RUNNING")
            supervise.send(signal)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let lines = ["received \(name) indicating exit request", "stopped: web", "stopped: base"]
            #expect(supervise.log.inOrder(lines[0], lines[1], lines[2]), "\(supervise.logs)")
        }
    }

    /// Without SIGINT, which the Python interpreter takes for an error while it starts.
    @Test(arguments: [SIGTERM, SIGQUIT])
    func anOrderBeforeSupervisordCanTakeItIsCarriedOutToo(signal: Int32) async throws {
        try await Supervise.run([], Self.pair) { supervise in
            try await supervise.wait(for: "the folder of the run") { !supervise.leftovers.isEmpty }
            supervise.send(signal)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test func aProgramThatIgnoresTheOrderIsKilledBySupervisord() async throws {
        let web = "/bin/sh -c 'trap \"\" TERM; echo up >%(here)s/up; exec sleep 600'"
        // base keeps supervisord stopping until the test has seen everything that it waits for.
        let stubborn = Sections.command(ignoringTERMUntil: "enough")
        let base = Sections.program("base", stubborn, "priority=1", "stopwaitsecs=600")
        try await Supervise.run(
            Self.handlers,
            Sections.program("web", web, "priority=2", "stopwaitsecs=1") + base
        ) { supervise in
            try await supervise.wait(forFile: "up")
            try await supervise.wait(forFile: Sections.readyFile)
            supervise.send(SIGTERM)
            try await supervise.wait(forLog: "received SIGTERM")
            supervise.send(SIGTERM)
            try await supervise.wait(forLine: "passing SIGTERM on too; supervisord is already being shut down")
            try await supervise.wait(forLog: "stopped: web (terminated by SIGKILL)")
            try supervise.folder.write("", to: "enough")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.log.inOrder("killing 'web'", "stopped: web (terminated by SIGKILL)", "stopped: base"))
        }
    }

    @Test func logsAreOpenedAnew() async throws {
        try await Supervise.run(Self.handlers, Self.pair) { supervise in
            try await supervise.wait(forLine: "web STARTING → RUNNING")
            supervise.send(SIGUSR1)
            supervise.send(SIGUSR2)
            try await supervise.wait(forLog: "received SIGUSR2 indicating log reopen request")
            let ending = try await supervise.terminate()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    /// The log belongs to the listener that is added, or to one of the base.
    @Test(arguments: [SIGUSR2, SIGHUP], [true, false])
    func theLogsOfListenersAreOpenedAnewToo(signal: Int32, isAdded: Bool) async throws {
        let arguments = ["--log", "--log-file", "%(here)s/log"]
        let base = isAdded ? "" : Sections.listener(arguments.joined(separator: " "))
        try await Supervise.run(isAdded ? arguments : [], base + Self.pair) { supervise in
            try await supervise.wait(forFile: "log", "web STARTING → RUNNING")
            let path = supervise.folder.path(of: "log")
            try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            supervise.send(signal)
            try await supervise.wait(for: "a new log") { FileManager.default.fileExists(atPath: path) }
            if signal == SIGUSR2 {
                #expect(supervise.pids(of: "listenerd").count == 1, "\(supervise.logs)")
                supervise.send(SIGKILL, to: "web")
                try await supervise.wait(forFile: "log", "web RUNNING → EXITED")
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test func theConfigurationIsReadAnew() async throws {
        try await Supervise.run(Self.handlers, Self.pair) { supervise in
            try await supervise.wait(forStarts: 2)
            try supervise.folder.write(Sections.daemon + Sections.program("late", "sleep 600"), to: "supervisord.conf")
            supervise.send(SIGHUP)
            try await supervise.wait(forLog: "received SIGHUP indicating restart request")
            try await supervise.wait(forLine: "late STARTING → RUNNING")
            #expect(supervise.started == ["base", "web", "late"], "\(supervise.logs)")
            let ending = try await supervise.terminate()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }
}
