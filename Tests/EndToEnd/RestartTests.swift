import ExecutableTesting
import Foundation
import Testing

/// `listenerd restart` of programs of a real supervisord.
@Suite struct RestartTests {
    private static let keys = "startsecs=0"
    private static let workers = """
        \(Sections.program("web", "sleep 600", "numprocs=3", "process_name=web_%(process_num)d", "startsecs=1"))
        \(Sections.program("db", "sleep 600", keys))

        """

    @Test func aGroupIsRestartedOneProcessAfterTheOther() async throws {
        try await Supervisord.run(Self.workers) { supervisord in
            try await supervisord.wait(forRunning: "web:web_0", "web:web_1", "web:web_2", "db")
            let start = supervisord.log.endIndex
            let (ending, output) = try await supervisord.restart("web:*")
            #expect(ending == .status(0), "\(output)")
            let log = String(supervisord.log[start...])
            for name in ["web_0", "web_1", "web_2"] {
                let pids = supervisord.pids(of: name)
                #expect(pids.count == 2)
                #expect(output.contains("web:\(name) restarted in "), "\(output)")
                #expect(output.contains("(pid \(pids[0]) → \(pids.last ?? 0))"), "\(output)")
            }
            #expect(
                log.inOrder(
                    "stopped: web_0",
                    "spawned: 'web_0'",
                    "success: web_0",
                    "stopped: web_1",
                    "success: web_1",
                    "stopped: web_2",
                    "success: web_2"
                ),
                "\(log)"
            )
            #expect(supervisord.pids(of: "db").count == 1)
        }
    }

    @Test func severalAreRestartedAtATime() async throws {
        try await Supervisord.run(Self.workers) { supervisord in
            try await supervisord.wait(forRunning: "web:web_0", "web:web_1", "web:web_2")
            let start = supervisord.log.endIndex
            let (ending, output) = try await supervisord.restart("web:*", "--parallel=2")
            #expect(ending == .status(0), "\(output)")
            let log = String(supervisord.log[start...])
            #expect(log.inOrder("stopped: web_0", "success: web_0", "stopped: web_2"), "\(log)")
            #expect(log.inOrder("stopped: web_1", "success: web_0"), "\(log)")
        }
    }

    @Test func programsWithoutAGroupAreRestartedInTheOrderOfTheirNames() async throws {
        let programs = ["a", "b", "c"].map { Sections.program($0, "sleep 600", Self.keys) }.joined()
        try await Supervisord.run(programs) { supervisord in
            try await supervisord.wait(forRunning: "a", "b", "c")
            let (ending, output) = try await supervisord.restart("c", "a")
            #expect(ending == .status(0), "\(output)")
            #expect(supervisord.started == ["a", "b", "c", "c", "a"], "\(supervisord.logs)")
        }
    }

    @Test func aFailureLeavesTheRest() async throws {
        let command = "/bin/sh -c '[ ! -e %(here)s/broken ] || exit 3; exec sleep 600'"
        let keys = ["numprocs=3", "process_name=web_%(process_num)d", "startretries=0"].joined(separator: "\n")
        try await Supervisord.run(Sections.program("web", command, keys)) { supervisord in
            try await supervisord.wait(forRunning: "web:web_0", "web:web_1", "web:web_2")
            try supervisord.create("broken")
            let (ending, output) = try await supervisord.restart("web:*")
            #expect(ending == .status(1))
            #expect(
                output == """
                    listenerd: error: web:web_0 is FATAL: Exited too quickly (process log may have details); down: \
                    web:web_0 (FATAL); not touched: web:web_1 and web:web_2

                    """
            )
            #expect(supervisord.pids(of: "web_1").count == 1)
            #expect(supervisord.pids(of: "web_2").count == 1)
        }
    }

    @Test func aCommandThatIsGoneIsAFailure() async throws {
        let programs =
            Sections.program("a", "%(here)s/a", Self.keys, "autostart=false")
            + Sections.program("b", "sleep 600", Self.keys)
        try await Supervisord.run(programs) { supervisord in
            try await supervisord.wait(forRunning: "b")
            let script = supervisord.folder.path(of: "a")
            try supervisord.folder.write("#!/bin/sh\nexec sleep 600\n", to: "a")
            #expect(chmod(script, 0o755) == 0)
            try await supervisord.rpc.startProcess("a", wait: false)
            try await supervisord.wait(forRunning: "a")
            try FileManager.default.removeItem(atPath: script)
            let (ending, output) = try await supervisord.restart("a", "b")
            #expect(ending == .status(1))
            let sentence = "listenerd: error: a cannot be started: NO_FILE: can't find command '\(script)'; down: a ("
            #expect(output.hasPrefix(sentence), "\(output)")
            #expect(output.hasSuffix("; not touched: b\n"), "\(output)")
        }
    }

    @Test func aProcessWithAGateIsReadyOnlyOnceThatHasPassed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", Sections.gateEvents)
                + Sections.gated(named: "db", "sleep 600", ready: "file://%(here)s/there")
                + Sections.program("web", "sleep 600", Self.keys)
        ) { supervisord in
            try await supervisord.wait(forRunning: "db")
            try supervisord.create("there")
            try await supervisord.wait(forStatus: "db", "RUNNING", "  ready")
            let restart = try supervisord.startRestart("db", "web")
            try await supervisord.wait(for: "the restart of db") { supervisord.pids(of: "db").count == 2 }
            // The file is older than the process.
            try await supervisord.wait(forStatus: "db", "RUNNING", "not ready")
            #expect(supervisord.pids(of: "web").count == 1)
            #expect(restart.ending == nil)
            try await Task.sleep(for: .milliseconds(1100))
            try supervisord.folder.write("again", to: "there")
            #expect(try await restart.waitForEnd() == .status(0), "\(supervisord.restartOutput)")
            #expect(supervisord.pids(of: "web").count == 2)
        }
    }

    @Test func aServerThatDoesNotListenInTimeIsAFailure() async throws {
        try await ReservedPort.use { port in
            try await Supervisord.run(
                Sections.listener("--ordered-startup", Sections.gateEvents)
                    + Sections.gated(
                        "\(GateProgram.server) tcp4:\(port) accept",
                        ready: "tcp://127.0.0.1:\(port)",
                        keys: "environment=LISTEN_AFTER=\"listen\""
                    )
                    + Sections.program("web", "sleep 600", Self.keys)
            ) { supervisord in
                try await supervisord.wait(forRunning: "web")
                try supervisord.create("listen")
                try await supervisord.wait(forStatus: "server", "RUNNING", "  ready")
                try FileManager.default.removeItem(atPath: supervisord.folder.path(of: "listen"))
                let (ending, output) = try await supervisord.restart("server", "web", "--timeout=0.5")
                #expect(ending == .status(1))
                #expect(
                    output.hasPrefix("listenerd: error: server was not ready within 0.5 s: "),
                    "\(output)"
                )
                #expect(output.hasSuffix("; running, but not ready: server; not touched: web\n"), "\(output)")
                try supervisord.create("listen")
                let again = try await supervisord.restart("server", "web")
                #expect(again.ending == .status(0), "\(again.output)")
            }
        }
    }

    @Test func withoutAListenerGatesAreNotWaitedFor() async throws {
        try await Supervisord.run(
            Sections.gated(named: "db", "sleep 600", ready: "file:///nonexistent", keys: "autostart=true")
        ) { supervisord in
            try await supervisord.wait(forRunning: "db")
            let (ending, output) = try await supervisord.restart("db")
            #expect(ending == .status(0))
            #expect(
                output.contains(
                    """
                    warning: gates are not tried, and what is RUNNING counts as ready: the configuration has no listener \
                    with --ordered-startup
                    """
                ),
                "\(output)"
            )
        }
    }

    @Test func aProcessThatDiesMeanwhileIsWaitedFor() async throws {
        try await Supervisord.run(Self.workers) { supervisord in
            try await supervisord.wait(forRunning: "web:web_0", "web:web_1", "web:web_2")
            let start = supervisord.log.endIndex
            let restart = try supervisord.startRestart("web:*")
            try await supervisord.wait(for: "the restart of web_0") { supervisord.pids(of: "web_0").count == 2 }
            supervisord.send(SIGKILL, to: "web_2")
            #expect(try await restart.waitForEnd() == .status(0), "\(supervisord.restartOutput)")
            let log = String(supervisord.log[start...])
            #expect(log.inOrder("exited: web_2", "success: web_2", "stopped: web_1", "success: web_1"), "\(log)")
            #expect(supervisord.pids(of: "web_2").count == 3)
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func whatWasStoppedIsStartedAgainAfterASignal(signal: Int32, status: Int32) async throws {
        let programs =
            Sections.program("slow", Sections.command(ignoringTERMUntil: "go"), Self.keys, "stopwaitsecs=600")
            + Sections.program("web", "sleep 600", Self.keys)
        try await Supervisord.run(programs) { supervisord in
            try await supervisord.wait(forFile: Sections.readyFile)
            let restart = try supervisord.startRestart("slow", "web")
            try await supervisord.wait(for: "slow", .stopping)
            restart.send(signal)
            try supervisord.create("go")
            #expect(try await restart.waitForEnd() == .status(status))
            #expect(supervisord.pids(of: "slow").count == 2, "\(supervisord.logs)")
            #expect(supervisord.pids(of: "web").count == 1)
            let (name, output) = (signal == SIGINT ? "SIGINT" : "SIGTERM", supervisord.restartOutput)
            #expect(output.contains("listenerd: error: ended by \(name); "), "\(output)")
            #expect(output.contains("not touched: web\n"), "\(output)")
        }
    }

    @Test func aSecondSignalEndsItAtOnce() async throws {
        let slow = Sections.program("slow", Sections.command(ignoringTERMUntil: "go"), Self.keys, "stopwaitsecs=600")
        try await Supervisord.run(slow) { supervisord in
            try await supervisord.wait(forFile: Sections.readyFile)
            let restart = try supervisord.startRestart("slow")
            try await supervisord.wait(for: "slow", .stopping)
            restart.send(SIGINT)
            restart.send(SIGTERM)
            let ending = try await restart.waitForEnd()
            #expect([.status(130), .status(143)].contains(ending))
            #expect(supervisord.restartOutput.contains("; down: slow (STOPPING)\n"), "\(supervisord.restartOutput)")
            try supervisord.create("go")
        }
    }

    @Test func nothingIsTouchedIfANameIsUnknown() async throws {
        try await Supervisord.run(Self.workers) { supervisord in
            try await supervisord.wait(forRunning: "web:web_0", "db")
            let (ending, output) = try await supervisord.restart("db", "web", "wbe:*", "a name with spaces")
            #expect(ending == .status(1))
            #expect(
                output == """
                    listenerd: error: no process is named 'web'; did you mean 'web:*'?
                    listenerd: error: no group is named 'wbe:*'; did you mean 'web:*'?
                    listenerd: error: no process is named 'a name with spaces'

                    """
            )
            #expect(supervisord.pids(of: "db").count == 1)
        }
    }

    @Test func dependentsAreNamedOrRestarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Sections.program("db", "sleep 600", Self.keys)
                + Sections.native("api", "sleep 600", after: "db") + Sections.native("web", "sleep 600", after: "api")
        ) { supervisord in
            try await supervisord.wait(forRunning: "db", "api", "web")
            let alone = try await supervisord.restart("db")
            #expect(alone.ending == .status(0))
            #expect(alone.output.hasSuffix("\napi depends on db and was not restarted\n"), "\(alone.output)")
            #expect(supervisord.started == ["db", "api", "web", "db"], "\(supervisord.logs)")
            let (ending, output) = try await supervisord.restart("db", "--with-dependents")
            #expect(ending == .status(0), "\(output)")
            #expect(supervisord.started == ["db", "api", "web", "db", "db", "api", "web"], "\(supervisord.logs)")
        }
    }

    @Test func allLeavesAloneWhatDoesNotRun() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=0")
                + Sections.program("migrate", "sh -c 'exit 0'", Self.keys, "autorestart=false")
                + Sections.program("manual", "sleep 600", Self.keys, "autostart=false")
                + Sections.program("web", "sleep 600", Self.keys)
        ) { supervisord in
            try await supervisord.wait(forRunning: "web", "listenerd")
            try await supervisord.wait(for: "migrate", .exited)
            let (ending, output) = try await supervisord.restart("all")
            #expect(ending == .status(0))
            let alone = "left alone: listenerd (an event listener), manual (STOPPED), migrate (completed)\n"
            #expect(output.hasPrefix("\(alone)web restarted in "), "\(output)")
            let named = try await supervisord.restart("migrate", "manual")
            #expect(named.ending == .status(0))
            // With startsecs=0 it is RUNNING for a moment, which may be seen, before it has completed.
            #expect(named.output.contains("migrate started "), "\(named.output)")
            #expect(named.output.contains("manual started in "), "\(named.output)")
        }
    }

    @Test func itEndsIfSupervisordIsShutDown() async throws {
        let slow = Sections.program("slow", Sections.command(ignoringTERMUntil: "go"), Self.keys, "stopwaitsecs=600")
        try await Supervisord.run(slow + Sections.program("web", "sleep 600", Self.keys)) { supervisord in
            try await supervisord.wait(forFile: Sections.readyFile)
            let restart = try supervisord.startRestart("slow", "web")
            try await supervisord.wait(for: "slow", .stopping)
            supervisord.send(SIGTERM)
            #expect(try await restart.waitForEnd() == .status(1))
            let output = supervisord.restartOutput
            #expect(output.contains("; down: slow (STOPPING); not touched: web\n"), "\(output)")
            try supervisord.create("go")
            _ = try await supervisord.waitForEnd()
            #expect(supervisord.pids(of: "slow").count == 1)
        }
    }

    @Test func nothingIsStartedOnceSuperviseIsStoppingEverything() async throws {
        let rpc =
            "[rpcinterface:supervisor]\n"
            + "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n"
        let programs =
            Sections.native("slow", Sections.command(ignoringTERMUntil: "go"), after: "", "stopwaitsecs=600")
            + Sections.program("late", "sleep 600", Self.keys, "autostart=false")
        try await Supervise.run(["--ordered-startup"], Sections.server + rpc + programs) { supervise in
            try await supervise.wait(forFile: Sections.readyFile)
            supervise.send(SIGTERM)
            let configuration = supervise.folder.path(of: Supervise.base)
            try await supervise.wait(for: "the stop of slow") {
                let status = try await supervise.listenerd("status", configuration: configuration).output
                return status.contains("STOPPING")
            }
            let restart = try await supervise.listenerd("restart", "late", configuration: configuration)
            try supervise.create("go")
            #expect(restart.ending == .status(1))
            #expect(restart.output == "listenerd: error: supervise is stopping everything; not touched: late\n")
            #expect(try await supervise.waitForEnd() == .status(0), "\(supervise.logs)")
            #expect(supervise.started == ["slow"], "\(supervise.logs)")
        }
    }

    @Test(arguments: [["restart"], ["restart", "--parallel=0", "web"], ["restart", "--timeout=-1", "web"]])
    func aWrongCommandLineIsAUsageError(arguments: [String]) async throws {
        let folder = try TestFolder()
        let program = try RunningProgram(
            try TestedExecutable.listenerd,
            arguments,
            output: folder.path(of: "output")
        )
        #expect(try await program.waitForEnd() == .status(64))
        let output = folder.text(of: "output")
        #expect(output.contains("Usage: listenerd restart [options] [NAME...]"), "\(output)")
    }
}

extension Supervisord {
    /// Waits until processes are RUNNING; supervisord itself may not be there yet.
    func wait(forRunning names: String...) async throws {
        for name in names {
            try await wait(for: "\(name) RUNNING") { (try? await rpc.processInfo(of: name).state) == .running }
        }
    }

    /// Runs `listenerd restart`.
    func restart(_ arguments: String...) async throws -> (ending: RunningProgram.Ending, output: String) {
        let output = "restart-\(UUID().uuidString)"
        let command = try start(arguments, output: output)
        let ending = try await command.waitForEnd(diagnostics: { self.folder.text(of: output) + self.logs })
        return (ending, folder.text(of: output))
    }

    /// Starts `listenerd restart`.
    func startRestart(_ names: String..., options: [String] = []) throws -> RunningProgram {
        try start(names + options, output: "restart")
    }

    /// What the last `listenerd restart` that was only started has written.
    var restartOutput: String { folder.text(of: "restart") }

    private func start(_ arguments: [String], output: String) throws -> RunningProgram {
        try RunningProgram(
            TestedExecutable.listenerd,
            ["restart", "-c", folder.path(of: Self.configuration)] + arguments,
            environment: try Self.environment(of: folder),
            output: folder.path(of: output)
        )
    }
}
