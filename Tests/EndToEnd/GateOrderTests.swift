import Foundation
import Testing

/// What a gate holds up, and what it does not: several gates, the three dialects, chains.
@Suite struct GateOrderTests {
    private static let forever = "/bin/sleep 600"
    private static let file = "file://%(here)s/up"

    @Test func allGatesOfAProgramMustPass() async throws {
        try await ReservedPort.use { port in
            try await Supervisord.run(
                Sections.listener("--ordered-startup", Sections.gateEvents)
                    + Sections.gated(
                        "\(GateProgram.speak) 'ready\\n'",
                        ready: Self.file,
                        "tcp://127.0.0.1:\(port)",
                        "log:ready",
                        keys: "stdout_events_enabled=true"
                    )
                    + Sections.witness()
                    // The port is not that of the program itself: that is allowed.
                    + Sections.native(
                        "other",
                        "\(GateProgram.server) tcp4:\(port) accept",
                        after: "server:started",
                        "environment=LISTEN_AFTER=\"listen\""
                    )
            ) { supervisord in
                try await supervisord.wait(forStatus: "server", "connection refused")
                try supervisord.create("up")
                try await supervisord.wait(for: "the file") {
                    try await !supervisord.status().output.contains("no such file")
                }
                #expect(supervisord.started == ["server", "other"], "\(supervisord.logs)")
                try supervisord.create("listen")
                let record = try await supervisord.record()
                #expect(record.first == "listening", "\(supervisord.logs)")
            }
        }
    }

    /// A program and one that waits for it to be running, in each dialect.
    enum Dialect: CaseIterable {
        case ordered, dependent, native

        func sections(_ gate: String) -> String {
            let child = Sections.witnessCommand("child")
            return switch self {
            case .ordered:
                Sections.ordered("server", forever, priority: 1, "ready=\(gate)")
                    + Sections.ordered("child", child, priority: 2)
            case .dependent:
                Sections.dependent("server", forever, after: nil, "ready=\(gate)")
                    + Sections.dependent("child", child, after: "server:running")
            case .native:
                Sections.native("server", forever, after: "", "ready=\(gate)")
                    + Sections.native("child", child, after: "server")
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func aProgramIsRunningInEveryDialectOnlyOnceItsGateHasPassed(dialect: Dialect) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + dialect.sections(Self.file)
                + Sections.native("early", Self.forever, after: "server:started")
        ) { supervisord in
            try await supervisord.wait(forLog: "success: early entered RUNNING")
            try await supervisord.wait(forStatus: "server", "no such file")
            #expect(supervisord.started == ["server", "early"], "\(supervisord.logs)")
            try supervisord.folder.write("up\n", to: "record")
            try supervisord.create("up")
            let record = try await supervisord.record()
            #expect(record == ["up"], "\(supervisord.logs)")
            try await supervisord.wait(forLine: "started 3 processes in order")
        }
    }

    @Test func aGateDoesNotHoldUpOtherConditions() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated("/bin/sh -c 'sleep 0.5'", ready: Self.file)
                + Sections.native("started", Self.forever, after: "server:started")
                + Sections.native("completed", Self.forever, after: "server:completed")
                + Sections.native("either", Self.forever, after: "server:running,exited")
        ) { supervisord in
            try await supervisord.wait(forStarts: 4)
            #expect(supervisord.started.prefix(2) == ["server", "started"], "\(supervisord.logs)")
            #expect(supervisord.log.inOrder("exited: server", "spawned: 'completed'"), "\(supervisord.logs)")
            #expect(supervisord.log.inOrder("exited: server", "spawned: 'either'"), "\(supervisord.logs)")
        }
    }

    @Test func aChainOfThreeProgramsWithGates() async throws {
        func member(_ name: String, after parent: String) -> String {
            let script = "sleep 0.2; echo \(name) >>%(here)s/record; echo >%(here)s/\(name).up; exec sleep 600"
            return Sections.gated(
                named: name,
                "/bin/sh -c '\(script)'",
                ready: "file://%(here)s/\(name).up",
                after: parent
            )
        }
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + member("a", after: "") + member("b", after: "a")
                + member("c", after: "b") + Sections.witness(after: "c")
        ) { supervisord in
            let record = try await supervisord.record()
            #expect(record == ["a", "b", "c"], "\(supervisord.logs)")
            try await supervisord.wait(forLine: "started 4 processes in order")
            #expect(supervisord.started == ["a", "b", "c", "child"], "\(supervisord.logs)")
        }
    }

    @Test func aGateForWhichNoProgramWaitsIsNotTriedAndHoldsNothingUp() async throws {
        try await ReservedPort.use { port in
            try await Supervisord.run(
                Sections.listener("--ordered-startup --ordered-startup-exit")
                    + Sections.native("other", "\(GateProgram.server) tcp4:\(port) accept")
                    + Sections.gated(
                        "/bin/sh -c 'until [ -e %(here)s/record ]; do sleep 0.05; done; exec sleep 600'",
                        ready: "tcp://127.0.0.1:\(port)"
                    )
                    + Sections.gated(named: "last", Self.forever, ready: Self.file, after: "server:started")
            ) { supervisord in
                try await supervisord.wait(forLog: "exited: listenerd (exit status 0; expected)")
                #expect(supervisord.started.sorted() == ["last", "other", "server"], "\(supervisord.logs)")
                #expect(supervisord.record == ["listening"], "\(supervisord.logs)")
            }
        }
    }
}
