import Testing

/// Gates that do not pass.
@Suite struct GateFailureTests {
    private static let forever = "/bin/sleep 600"

    /// Runs a test with a program whose port nothing listens on, and two that wait for it.
    private func run(
        _ arguments: String,
        command: String = forever,
        _ keys: String = "ready_timeout=1",
        _ test: (Supervisord, _ gate: String) async throws -> Void
    ) async throws {
        try await ReservedPort.use { port in
            let gate = "tcp://127.0.0.1:\(port)"
            try await Supervisord.run(
                Sections.listener("--ordered-startup \(arguments)")
                    + Sections.gated(
                        command.replacing("PORT", with: "\(port)"),
                        ready: gate,
                        "exec:/bin/sh -c 'echo first; echo last line >&2; exit 3'",
                        keys: keys
                    )
                    + Sections.native("b", Self.forever, after: "server")
                    + Sections.native("c", Self.forever, after: "b")
            ) { try await test($0, gate) }
        }
    }

    /// Expects that a message says which gates are shut, how often they were tried, and what came of it.
    private func expectGates(_ message: String?, _ gate: String, _ logs: String) {
        let message = message ?? ""
        #expect(message.contains(/\(connection refused, tried [0-9]+ times\)/), "\(logs)")
        #expect(message.contains(/\(last line, tried [0-9]+ times\)/), "\(logs)")
        #expect(message.inOrder("server is not ready", gate, "exec:/bin/sh"), "\(logs)")
    }

    @Test func dependentsWaitForAProgramThatIsNotReadyInTime() async throws {
        try await run("--ordered-startup-on-failure wait") { supervisord, gate in
            try await supervisord.wait(forLine: "c (waits for b)")
            expectGates(supervisord.messages.first, gate, supervisord.logs)
            #expect(supervisord.messages.first?.hasPrefix("listenerd: error: ") == true, "\(supervisord.logs)")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            #expect(!supervisord.log.contains("exited: listenerd"), "\(supervisord.logs)")
        }
    }

    @Test func dependentsOfAProgramThatIsNotReadyInTimeAreStartedAnyway() async throws {
        try await run("--ordered-startup-on-failure continue") { supervisord, gate in
            try await supervisord.wait(forStarts: 3)
            try await supervisord.wait(forLine: " of 3 processes in order")
            expectGates(supervisord.messages.first, gate, supervisord.logs)
            #expect(supervisord.started == ["server", "b", "c"], "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatIsNotReadyInTimeEndsSupervisord() async throws {
        try await run("--fatal-exit --ordered-startup-on-failure exit") { supervisord, gate in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let message = supervisord.messages.first { $0.contains("; shutting down supervisord") }
            expectGates(message, gate, supervisord.logs)
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatIsReadyTooLateIsWhatOthersWaitedFor() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(Self.forever, ready: "file://%(here)s/up", keys: "ready_timeout=1")
                + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLine: "child (waits for server)")
            try supervisord.create("up")
            _ = try await supervisord.record()
            #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
            try await supervisord.wait(forLine: "started 2 processes in order")
        }
    }

    @Test func pastTheTimeLimitOfTheStartupWhatIsNotReadyIsNamed() async throws {
        try await run("--ordered-startup-timeout 1", "") { supervisord, gate in
            try await supervisord.wait(forLine: "not everything has started after ")
            let message = supervisord.messages.first { $0.contains("not everything has started") } ?? ""
            #expect(
                message.inOrder("b (waits for server: ", gate, "connection refused", "c (waits for b)"),
                "\(message)"
            )
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatDiesWhileItsGateIsTriedFailsAtOnce() async throws {
        let command = "/bin/sh -c 'until [ -e %(here)s/die ]; do sleep 0.05; done; exit 3'"
        // Its gate would have an hour.
        try await run("", command: command, "ready_timeout=3600") { supervisord, gate in
            try await supervisord.wait(forStatus: "server", "connection refused")
            try supervisord.create("die")
            try await supervisord.wait(forLine: "c (waits for b)")
            #expect(supervisord.messages.first?.contains("server has exited") == true, "\(supervisord.logs)")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatIsFatalAndStartedByHandIsReadyOnceItsGateHasPassed() async throws {
        let script = "[ -e %(here)s/repaired ] || exit 1; until [ -e %(here)s/go ]; do sleep 0.05; done; "
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(
                    "/bin/sh -c '\(script.replacing("; ", with: ";"))echo ready >>%(here)s/record;>%(here)s/up;exec sleep 600'",
                    ready: "file://%(here)s/up",
                    keys: "startsecs=2",
                    "startretries=0"
                ) + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLine: "server is FATAL")
            try supervisord.create("repaired")
            try await supervisord.rpc.startProcess("server")
            try await supervisord.wait(forStatus: "server", "no such file")
            #expect(supervisord.started == ["server", "server"], "\(supervisord.logs)")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test func aLineThatIsNoGateNeverPassesAndIsNamed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(Self.forever, ready: "https://127.0.0.1/health") + Sections.witness()
                + Sections.native("free", Self.forever, after: "server:started")
        ) { supervisord in
            try await supervisord.wait(forLine: "https://127.0.0.1/health")
            try await supervisord.wait(forLog: "success: free entered RUNNING")
            #expect(supervisord.started == ["server", "free"], "\(supervisord.logs)")
        }
    }
}
