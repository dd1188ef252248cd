import ExecutableTesting
import Foundation
import Testing

/// `listenerd status` of programs with gates: it asks the listener.
@Suite struct GateStatusTests {
    private static let gate = "file://%(here)s/there"
    private static let sections =
        Sections.listener("--ordered-startup", Sections.gateEvents)
        + Sections.gated(named: "db", "sleep 600", ready: gate)
        + Sections.native("web", "sleep 600", after: "db")

    @Test func itShowsTheGatesAndIsUpOnceTheyHavePassed() async throws {
        try await Supervisord.run(Self.sections) { supervisord in
            let gate = "file://\(supervisord.folder.path(of: "there")) (no such file, tried "
            try await supervisord.wait(forStarts: 1)
            try await supervisord.wait(forStatus: "db", "RUNNING", "not ready: \(gate)")
            try await supervisord.wait(forStatus: "web", "waits for db to be running: \(gate)")
            #expect(try await supervisord.status("--quiet") == (false, ""))
            try supervisord.create("there")
            try await supervisord.wait(forStatus: "db", "RUNNING", "  ready")
            try await supervisord.wait(for: "everything", until: { try await supervisord.status("--quiet").isUp })
            // A restart shuts the gate again: the file is older than the process.
            try await supervisord.rpc.stopProcess("db")
            try await supervisord.rpc.startProcess("db")
            try await supervisord.wait(forStatus: "db", "RUNNING", "not ready", "older than the start of the process")
        }
    }

    private static let reason: Comment = "only root can become another user, who must reach what was built"

    @Test func itWatchesUntilEverythingIsReady() async throws {
        try await Supervisord.run(Self.sections) { supervisord in
            try await supervisord.wait(forStarts: 1)
            let watch = try RunningProgram(
                TestedExecutable.listenerd,
                ["status", "--watch", "--format=json", "-c", supervisord.folder.path(of: Supervisord.configuration)],
                output: supervisord.folder.path(of: "watch")
            )
            try await supervisord.wait(forFile: "watch", #""passed":false"#)
            try supervisord.create("there")
            #expect(try await watch.waitForEnd() == .status(0), "\(supervisord.logs)")
            let last = try #require(supervisord.folder.lines(of: "watch").last)
            #expect(last.hasPrefix(#"{"up":true,"#), "\(last)")
            #expect(last.contains(#""ready":true,"waits_for":[],"note":"ready","gates":[{"gate":"file://"#), "\(last)")
        }
    }

    @Test func gatesThatNobodyWaitsForAreTriedOnlyAsLongAsItAsks() async throws {
        let script = "echo x >>%(here)s/tried; test -e %(here)s/there"
        try await Supervisord.run(
            Sections.listener("--ordered-startup", Sections.gateEvents)
                + Sections.gated(named: "alone", "sleep 600", ready: "exec:/bin/sh -c \"\(script)\"")
                + Sections.native("other", "sleep 600", after: "alone:started")
        ) { supervisord in
            try await supervisord.wait(forStarts: 2)
            #expect(supervisord.folder.text(of: "tried") == "", "\(supervisord.logs)")
            try await supervisord.wait(forStatus: "alone", "(exited with status 1, tried ")
            #expect(supervisord.folder.text(of: "tried") != "")
            try supervisord.create("there")
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status().isUp }
            let count = supervisord.folder.lines(of: "tried").count
            // What has passed is not tried again.
            try await supervisord.wait(for: "everything") { try await supervisord.status().isUp }
            #expect(supervisord.folder.lines(of: "tried").count == count)
        }
    }

    @Test func withoutAListenerItIsNotKnownWhetherProgramsAreReady() async throws {
        try await Supervisord.run(Self.sections) { supervisord in
            try await supervisord.wait(forStarts: 1)
            try supervisord.create("there")
            try await supervisord.wait(forStarts: 2)
            try await supervisord.rpc.stopProcess("listenerd")
            try await supervisord.wait(forStatus: "db", "ready? the listener listenerd is STOPPED")
            #expect(try await supervisord.status("--quiet") == (false, ""))
        }
    }

    @Test func aListenerThatHasEndedBecauseAllHasStartedIsNotMissed() async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --ordered-startup-exit",
                Sections.gateEvents,
                "startsecs=0",
                "autorestart=unexpected"
            ) + Sections.gated(named: "db", "sleep 600", ready: Self.gate)
                + Sections.native("web", "sleep 600", after: "db")
        ) { supervisord in
            try await supervisord.wait(forStarts: 1)
            #expect(try await supervisord.status("--quiet") == (false, ""))
            try supervisord.create("there")
            try await supervisord.wait(forStatus: "db", "ready? the listener listenerd is EXITED")
            try await supervisord.wait(forStatus: "web", "RUNNING")
            #expect(try await supervisord.status("--quiet") == (true, ""))
        }
    }

    @Test(.enabled(if: Isolation.asNobody.isPossible, reason))
    func otherUsersAreNotAnswered() async throws {
        let server = Sections.server + "chmod=0777\n"
        let sections = Sections.supervisord + server + Self.sections
        try await Supervisord.run(files: [Supervisord.configuration: sections]) { supervisord in
            try await supervisord.wait(forStarts: 1)
            try await supervisord.wait(forStatus: "db", "not ready: ")
            let command = Isolation.asNobody.command + [try TestedExecutable.listenerd, "status"]
            let program = try RunningProgram(
                command[0],
                command.dropFirst() + ["-c", supervisord.folder.path(of: Supervisord.configuration)],
                environment: ["LISTENERD": "x", "GATES": "x"],
                output: supervisord.folder.path(of: "status")
            )
            #expect(try await program.waitForEnd() == .status(1))
            let words = """
                ready? the listener listenerd refuses to answer: only root, supervisord's user and the listener's own may ask
                """
            let text = supervisord.folder.text(of: "status")
            #expect(text.contains(words), "\(text)")
        }
    }
}
