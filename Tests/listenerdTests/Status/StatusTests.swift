import ExecutableTesting
import Foundation
import ListenerTesting
import Testing

/// What `listenerd status` shows of processes.
@Suite struct StatusTests {
    private static let configuration = """
        [supervisord]
        [program:database]
        command=sleep
        [program:migrate]
        command=sleep
        autostart=false
        startafter=database
        exitcodes=0,3
        autorestart=false
        [program:web]
        command=sleep
        autostart=false
        startafter=migrate:completed cache?
        [program:cache]
        command=sleep
        [program:tool]
        command=sleep
        autostart=false

        """
    private static let programs = [
        FakeProgram("database"), FakeProgram("migrate", exitCodes: [0, 3], autostart: false, autorestart: .never),
        FakeProgram("web", autostart: false), FakeProgram("cache"), FakeProgram("tool", autostart: false),
    ]

    private let folder: TestFolder
    private let supervisor: FakeSupervisor

    init() throws {
        folder = try TestFolder()
        supervisor = try FakeSupervisor(Self.programs)
        try folder.write(Self.configuration, to: "f")
    }

    private func status(_ arguments: String...) async throws -> Outcome {
        try await Outcome(
            of: ["status", "-c", folder.path(of: "f"), "--server-url", supervisor.endpoint.description] + arguments
        )
    }

    @Test func beforeTheStartEverythingWaits() async throws {
        let outcome = try await status()
        #expect(
            outcome.output == """
                cache     STOPPED  -  will be started by supervisord
                database  STOPPED  -  will be started by supervisord
                migrate   STOPPED  -  waits for database to be running
                tool      STOPPED  -  not started automatically
                web       STOPPED  -  waits for migrate to be completed; cache to be running

                """
        )
        #expect(outcome.ending == .status(1))
        #expect(outcome.errors == "")
    }

    @Test func failuresAreNamedAndOptionalParentsHoldNothingUp() async throws {
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.breakDown("cache")
        supervisor.advance(by: .seconds(63))
        let outcome = try await status()
        let lines = outcome.output.split(separator: "\n").map { String($0) }
        #expect(lines[0].hasPrefix("cache     FATAL    "), "\(outcome.output)")
        #expect(lines[1] == "database  RUNNING  1 min 5 s", "\(outcome.output)")
        let words = "  waits for a listener with --ordered-startup, but the configuration has none"
        #expect(lines[2].hasSuffix(words), "\(outcome.output)")
        #expect(lines[4].hasSuffix("  waits for migrate to be completed"))
        #expect(outcome.ending == .status(1))
    }

    @Test(arguments: [
        ("--ordered-startup", "waits for migrate to be completed"),
        ("--ordered-startup --ordered-startup-on-failure=exit --fatal-exit", "waits for migrate to be completed"),
        ("--ordered-startup --ordered-startup-on-failure continue", "waits for the listener l, which"),
    ])
    func dependentsOfAFailedProgramFollowThePolicyOfTheListener(arguments: String, words: String) async throws {
        try folder.write(
            Self.configuration + "[eventlistener:l]\ncommand=/usr/bin/listenerd \(arguments)\nevents=PROCESS_STATE\n",
            to: "f"
        )
        supervisor.autostart()
        try supervisor.start("migrate")
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("migrate", status: 1)
        let lines = try await status().output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("web ") && $0.contains(words) }, "\(lines)")
    }

    @Test func anOptionalParentThatNobodyStartsHoldsNobodyBack() async throws {
        try folder.write(Self.configuration + "[program:last]\ncommand=x\nautostart=false\nstartafter=tool?\n", to: "f")
        try supervisor.add(FakeProgram("last", autostart: false))
        supervisor.autostart()
        let lines = try await status().output.split(separator: "\n")
        let words = "waits for a listener with --ordered-startup"
        #expect(lines.contains { $0.hasPrefix("last ") && $0.contains(words) }, "\(lines)")
    }

    private static let running = FakeProgram("l", startSeconds: 0)
    private static let advice = "no other program; see the output of l, or run supervisorctl start migrate"

    @Test(arguments: [
        ("PROCESS_STATE,PROCESS_GROUP", running, advice), ("PROCESS_STATE,PROCESS_GROUP_ADDED", running, advice),
        (
            "PROCESS_STATE,PROCESS_GROUP_REMOVED", running,
            "\(advice); without PROCESS_GROUP_ADDED in its events=, it notices supervisorctl update up to 10 s late"
        ),
        ("EVENT", FakeProgram("l", autostart: false), "the listener l, which is STOPPED"),
        ("EVENT", FakeProgram("l", startSeconds: 9), "the listener l, which is STARTING"),
        (
            "EVENT", FakeProgram("l", startRetries: 0, whenStarted: [.exits(status: 1)]),
            "the listener l, which is FATAL"
        ),
        ("EVENT", nil, "the listener l, which supervisord does not know"),
    ])
    func programsReadyToStartWaitForTheListener(
        events: String,
        listener: FakeProgram?,
        words: String
    ) async throws {
        let section = "[eventlistener:l]\ncommand=/usr/bin/listenerd --ordered-startup\nevents=\(events)\n"
        try folder.write(Self.configuration + section, to: "f")
        if let listener {
            try supervisor.add(listener)
        }
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        let lines = try await status().output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("migrate ") && $0.hasSuffix("  waits for \(words)") }, "\(lines)")
    }

    @Test func everythingIsUpWhereOneShotsHaveCompletedAndTheRestRunsOrWasStopped() async throws {
        supervisor.autostart()
        try supervisor.start("migrate")
        try supervisor.start("web")
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("migrate", status: 3)
        try supervisor.stop("cache")
        supervisor.advance(by: .seconds(10))
        let outcome = try await status()
        #expect(
            outcome.output == """
                cache     STOPPED  10 s  stopped by an operator
                database  RUNNING  12 s
                migrate   EXITED   10 s  completed
                tool      STOPPED  -     not started automatically
                web       RUNNING  12 s

                """
        )
        #expect(outcome.ending == .status(0))
        #expect(try await status("--quiet").output == "")
    }

    @Test func startingProgramsAreNotUp() async throws {
        supervisor.autostart()
        try supervisor.start("migrate")
        try supervisor.start("web")
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("migrate")
        try supervisor.stop("web")
        try supervisor.start("web")
        let outcome = try await status("--quiet")
        #expect(outcome.ending == .status(1))
        #expect(outcome.output + outcome.errors == "")
        supervisor.advance(by: .seconds(2))
        #expect(try await status("--quiet").ending == .status(0))
    }

    @Test func anUnexpectedEndIsNotUp() async throws {
        supervisor.autostart()
        try supervisor.start("migrate")
        supervisor.advance(by: .seconds(2))
        try supervisor.start("web")
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("migrate", status: 1)
        let outcome = try await status()
        #expect(
            outcome.output.contains("migrate   EXITED   0 s  exited unexpectedly with status 1\n"),
            "\(outcome.output)"
        )
        #expect(outcome.ending == .status(1), "\(outcome.output)")
    }

    @Test(arguments: [
        ("exitcodes=0,3\nautorestart=unexpected", "completed", 0),
        ("autorestart=false", "exited unexpectedly with status 3", 1),
        ("exitcodes=3\nautorestart=true", "will be restarted", 1),
    ])
    func aListenerThatHasEndedIsSeenAsItsSectionSays(keys: String, remark: String, status: Int32) async throws {
        try folder.write("[supervisord]\n[eventlistener:l]\ncommand=x\nevents=TICK_5\n\(keys)\n", to: "f")
        let supervisor = try FakeSupervisor([FakeProgram("l", autorestart: .never)])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("l", status: 3)
        let outcome = try await Outcome(
            of: ["status", "-c", folder.path(of: "f"), "--server-url", supervisor.endpoint.description]
        )
        #expect(outcome.output == "l  EXITED  0 s  \(remark)\n")
        #expect(outcome.ending == .status(status))
    }

    @Test func stoppingProgramsAreNotUpAndStoppedOnesAreNotMissed() async throws {
        let supervisor = try FakeSupervisor(["cache", FakeProgram("database", whenStopped: .lingers)])
        let arguments = ["status", "-c", folder.path(of: "f"), "--server-url", supervisor.endpoint.description]
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.stop("database")
        let stopping = try await Outcome(of: arguments)
        #expect(stopping.output.contains("database  STOPPING  "), "\(stopping.output)")
        #expect(stopping.ending == .status(1))
        try supervisor.exit("database")
        let stopped = try await Outcome(of: arguments)
        #expect(stopped.output.contains("stopped by an operator"), "\(stopped.output)")
        #expect(stopped.ending == .status(0))
    }

    @Test func withoutSupervisordTheStatusIs69() async throws {
        let arguments = ["status", "-c", folder.path(of: "f"), "--server-url", "unix:///nonexistent/socket"]
        let outcome = try await Outcome(of: arguments)
        #expect(outcome.ending == .status(69))
        #expect(outcome.output == "")
        #expect(outcome.errors.hasPrefix("listenerd: error: cannot reach supervisord at unix:///nonexistent/socket"))
        let quiet = try await Outcome(of: arguments + ["--quiet"])
        #expect(quiet.ending == .status(69))
        #expect(quiet.output + quiet.errors == "")
    }

    @Test func withoutAConfigurationOrAServerTheStatusIs65() async throws {
        let missing = try await Outcome(of: ["status", "-c", "/nonexistent/f"])
        #expect(missing.ending == .status(65))
        let serverless = try await Outcome(of: ["status", "-c", folder.path(of: "f")])
        #expect(serverless.ending == .status(65))
        #expect(
            serverless.errors.contains("no [unix_http_server] or [inet_http_server] section"),
            "\(serverless.errors)"
        )
    }
}
