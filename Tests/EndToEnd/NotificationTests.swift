import ExecutableTesting
import Foundation
import Testing

/// Gates that wait for `READY=1` of sd_notify(3): `notify`.
@Suite struct NotificationTests {
    /// Runs a test with a program that notifies, and with one that waits for it.
    private func run(
        _ words: String,
        _ keys: String = Sections.notifySocket,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated("\(GateProgram.notify) \(words)", ready: "notify", keys: keys) + Sections.witness(),
            test
        )
    }

    @Test(arguments: ["self", "child", "grandchild", "orphan"])
    func aProgramOrADescendantOfItIsReady(who: String) async throws {
        try await run("\(who) STATUS=starting wait:go record:ready 'READY=1\\nSTATUS=serving'") { supervisord in
            try await supervisord.wait(forStatus: "server", "starting")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
            try await supervisord.wait(forStatus: "server", "serving")
            #expect(!supervisord.messages.contains { $0.contains("warning") }, "\(supervisord.logs)")
        }
    }

    @Test func anAbstractSocket() async throws {
        let name = "@listenerd-test-\(UUID().uuidString)"
        try await run("self record:ready READY=1", "environment=NOTIFY_SOCKET=\"\(name)\"") { supervisord in
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test func twoProgramsWithOneSocketAreToldApart() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(
                    named: "one",
                    "\(GateProgram.notify) child wait:one record:one READY=1",
                    ready: "notify",
                    keys: Sections.notifySocket
                )
                + Sections.gated(
                    named: "two",
                    "\(GateProgram.notify) orphan record:two READY=1",
                    ready: "notify",
                    keys: Sections.notifySocket
                )
                + Sections.witness("first", after: "two") + Sections.witness("last", after: "one")
        ) { supervisord in
            let first = try await supervisord.record(seenBy: "first")
            #expect(first == ["two"], "\(supervisord.logs)")
            try supervisord.create("one")
            let last = try await supervisord.record(seenBy: "last")
            #expect(last == ["two", "one"], "\(supervisord.logs)")
        }
    }

    @Test func aStrangerDoesNotCountAndIsNamedOnce() async throws {
        try await run("self wait:go record:ready READY=1") { supervisord in
            try await supervisord.wait(forLog: "success: server entered RUNNING")
            for number in 1...2 {
                let stranger = try RunningProgram(
                    "\(TestedExecutable.package)/Tests/EndToEnd/gates/notify",
                    ["self", "READY=1", "READY=1", "record:stranger", "exit"],
                    environment: [
                        "NOTIFY_SOCKET": supervisord.folder.path(of: "notify"),
                        "LISTENERD_TEST_FOLDER": supervisord.folder.path,
                    ],
                    output: supervisord.folder.path(of: "stranger-\(number)")
                )
                let ending = try await stranger.waitForEnd()
                #expect(ending == .status(0))
            }
            // The socket is read in order: its own message comes after those.
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["stranger", "stranger", "ready"], "\(supervisord.logs)")
            try await supervisord.wait(forLine: "started 2 processes in order")
            let warnings = supervisord.messages.filter { $0.hasPrefix("listenerd: warning: ") }
            #expect(warnings.count == 1, "\(supervisord.logs)")
        }
    }

    @Test func whoSendsABarrierWaitsNoLongerThanForWhatWasSentBefore() async throws {
        try await run("self READY=1 barrier record:passed") { supervisord in
            _ = try await supervisord.record()
            try await supervisord.wait(forRecord: "passed")
        }
    }

    @Test func whatIsUnknownIsIgnored() async throws {
        try await run(
            "self '' X WATCHDOG=1 READY=0 MAINPID=1 'FDSTORE=1\\nFDNAME=x' '\\n\\n=\\n' wait:go record:ready 'X=\\nREADY=1\\n'"
        ) { supervisord in
            try await supervisord.wait(forLog: "success: server entered RUNNING")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
            #expect(!supervisord.messages.contains { $0.contains("warning") }, "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatReloadsIsNotReadyUntilItSaysSoAgain() async throws {
        try await run("self READY=1 wait:reload RELOADING=1 record:reloading wait:again READY=1") { supervisord in
            _ = try await supervisord.record()
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status().isUp }
            try supervisord.create("reload")
            try await supervisord.wait(for: "a status of 1") { try await !supervisord.status().isUp }
            try supervisord.create("again")
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status().isUp }
            #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatAsksForMoreTimeGetsIt() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(
                    named: "slow",
                    "\(GateProgram.notify) self EXTEND_TIMEOUT_USEC=600000000 wait:go READY=1",
                    ready: "notify",
                    keys: Sections.notifySocket,
                    "ready_timeout=3"
                )
                // It is started later, and so fails after the time of the other.
                + Sections.gated(
                    named: "failing",
                    "/bin/sleep 600",
                    ready: "notify",
                    after: "slow:started",
                    keys: Sections.notifySocket,
                    "ready_timeout=4"
                )
                + Sections.witness("child", after: "slow") + Sections.witness("never", after: "failing")
        ) { supervisord in
            try await supervisord.wait(forLine: "never (waits for failing)")
            try supervisord.create("go")
            _ = try await supervisord.record()
            #expect(supervisord.started == ["slow", "failing", "child"], "\(supervisord.logs)")
        }
    }
}
