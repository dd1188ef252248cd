import ExecutableTesting
import Foundation
import Testing

/// The exit status of `supervise`.
@Suite struct SuperviseStatusTests {
    /// A failure, and the exit status that follows.
    struct Failure: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var programs: String
        var status: Int32

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let bystander = Sections.program("other", "sleep 600")

    /// A server whose configuration has only the hash of its password.
    private static let lockedServer = """
        \(Sections.server)username=user
        password={SHA}82ab876d1387bfafe46cc1c8a2ef074eae50cb1d

        """

    private static let allExited = [
        "--ordered-startup", "--fatal-exit", "--fatal-exit-on=all-exited", "--fatal-exit-programs=!other",
    ]

    static let failures: [Failure] = [
        Failure(
            arguments: ["--fatal-exit", "--fatal-exit-on", "exit"],
            programs: FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7)),
            status: 7
        ),
        Failure(
            arguments: ["--ordered-startup", "--fatal-exit", "--fatal-exit-on", "unexpected-exit", "--log"],
            programs: FatalExitTriggerTests.chain("/bin/true", FatalExitTriggerTests.exits(7), "", condition: "exited"),
            status: 7
        ),
        Failure(
            arguments: ["--fatal-exit"],
            programs: Sections.program("web", "%(here)s/missing", "startretries=0"),
            status: 70
        ),
        Failure(
            arguments: ["--fatal-exit", "--fatal-exit-status", "9"],
            programs: Sections.program("web", "%(here)s/missing", "startretries=0"),
            status: 9
        ),
        Failure(
            arguments: ["--ordered-startup", "--fatal-exit"],
            programs: Sections.native("web", "%(here)s/missing"),
            status: 70
        ),
        Failure(
            arguments: ["--ordered-startup", "--fatal-exit", "--fatal-exit-programs=web", "--fatal-exit-status=9"],
            programs: Sections.native("job", "%(here)s/missing")
                + Sections.native("web", "%(here)s/supervisord.conf", after: "job?"),
            status: 9
        ),
        Failure(
            arguments: allExited,
            programs: Sections.native("fetch", "/bin/true", "startsecs=0", "autorestart=false")
                + Sections.native("import", "/bin/true", after: "fetchh:completed"),
            status: 70
        ),
        Failure(
            arguments: allExited,
            programs: Sections.native("web", "/bin/true", after: "web"),
            status: 70
        ),
    ]

    @Test(arguments: failures)
    func aFailureEndsEverythingWithItsStatus(failure: Failure) async throws {
        try await Supervise.run(failure.arguments, Self.bystander + failure.programs) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(failure.status), "\(supervise.logs)")
            // A supervisord that is too busy to answer the call in time is ended by a signal instead.
            let status = failure.status
            let messages = try Regex(
                "; (shutting down|sending SIGTERM to) supervisord \\(supervise will exit with \(status)\\)(.|\n)*"
                    + "exiting with status \(status), which a listener recorded\n"
            )
            #expect(supervise.errors.contains(messages), "\(supervise.logs)")
        }
    }

    /// Both handlers notice it, and whichever is first knows the program's own status.
    @Test func aStartupThatFailsEndsWithTheStatusOfTheProgram() async throws {
        let programs =
            Sections.native("base", FatalExitTriggerTests.exits(7))
            + Sections.native("web", "sleep 600", after: "base:completed")
        try await Supervise.run(
            ["--ordered-startup", "--ordered-startup-on-failure", "exit", "--fatal-exit"],
            programs
        ) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
        }
    }

    @Test func aSupervisordBelowAnotherIsOnItsOwn() async throws {
        let inner =
            Sections.supervisord + Sections.server
            + Sections.listener("--fatal-exit") + Sections.program("web", "%(here)s/missing", "startretries=0")
        let outer = Sections.program(
            "inner",
            "/bin/sh -c '%(ENV_SUPERVISORD)s -n -c %(here)s/inner/inner.conf; echo $? >%(here)s/ended; exec sleep 600'"
        )
        let options = Supervise.Options(environment: ["SUPERVISORD": try TestedExecutable.supervisord])
        try await Supervise.run(["--fatal-exit"], outer, files: ["inner/inner.conf": inner], options) { supervise in
            try await supervise.wait(forFile: "ended", "0\n")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.folder.text(of: "inner/listener.log").contains("web is FATAL"))
        }
    }

    /// Also behind a password that `supervise` gets by the same variables as its listeners.
    @Test(arguments: ["", lockedServer])
    func aListenerThatCannotBeginEndsEverything(server: String) async throws {
        let arguments = ["--log", "--log-file", "/nonexistent/log"]
        let password = ["SUPERVISOR_USERNAME": "user", "SUPERVISOR_PASSWORD": "thepassword"]
        let options = Supervise.Options(environment: server.isEmpty ? [:] : password)
        try await Supervise.run(arguments, server + Self.bystander, options) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(70), "\(supervise.logs)")
            let loss = "listenerd fails every time it is started, so the handlers given to supervise do not run"
            #expect(supervise.errors.contains("\(loss); sending SIGTERM to supervisord\n"), "\(supervise.logs)")
            #expect(supervise.log.contains("stopped: other"))
        }
    }

    @Test func unwatchableListenersAreReported() async throws {
        try await Supervise.run(["--fatal-exit"], Self.lockedServer + Self.bystander) { supervise in
            try await supervise.wait(forLine: "; supervise will not notice if a listener fails for good\n")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    /// A stopping supervisord makes programs in BACKOFF FATAL, and here it cannot be asked whether it is stopping.
    @Test func programsGivenUpDuringTheShutdownAreNoFailure() async throws {
        let programs =
            Sections.program("web", "/bin/false", "startretries=99")
            + Sections.program("other", Sections.command(ignoringTERMUntil: "enough"), "stopwaitsecs=60", "priority=1")
        try await Supervise.run(["--fatal-exit", "--log"], Self.lockedServer + programs) { supervise in
            try await supervise.wait(forFile: Sections.readyFile)
            try await supervise.wait(forLog: "exited: web", times: 2)
            kill(supervise.pid, SIGTERM)
            try await supervise.wait(forLog: "received SIGTERM")
            try await supervise.wait(forLine: "web BACKOFF → FATAL")
            try supervise.folder.write("", to: "enough")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.log.occurrences(of: "received SIGTERM") == 1, "\(supervise.logs)")
        }
    }

    @Test func expectedExitsLeadToStatusZero() async throws {
        try await Supervise.run(
            ["--fatal-exit", "--fatal-exit-on", "all-exited"],
            FatalExitTriggerTests.job("job", "/bin/true")
        ) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test func twoStartsInARowAreTheSame() async throws {
        let failure = Self.failures[0]
        try await Supervise.run(failure.arguments, failure.programs) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
            let again = try supervise.startAgain()
            let secondEnding = try await again.waitForEnd()
            #expect(secondEnding == .status(7), "\(supervise.logs)")
            #expect(supervise.leftovers == [])
            #expect(supervise.survivors == [])
            #expect(supervise.log.occurrences(of: "supervisord started with pid") == 2)
        }
    }

    @Test func aKilledSupervisordLeavesNothingBehind() async throws {
        let family = "/bin/sh -c 'sleep 600 & echo >%(here)s/up; wait'"
        try await Supervise.run(
            ["--log"],
            Sections.program("web", family) + Sections.program("other", "sleep 600", "stopsignal=KILL")
        ) { supervise in
            try await supervise.wait(forFile: "up")
            kill(try #require(try supervise.supervisord), SIGKILL)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(137), "\(supervise.logs)")
            let messages = [
                "listenerd: error: supervisord was killed by SIGKILL\n",
                " programs that supervisord left running: ",
            ]
            #expect(supervise.errors.inOrder(messages[0], messages[1]), "\(supervise.logs)")
        }
    }

    /// Signals by which the listener alone ends.
    @Test(arguments: [SIGTERM, SIGINT, SIGKILL])
    func aListenerThatEndsIsStartedAgain(signal: Int32) async throws {
        let job = FatalExitTriggerTests.job("job", "/bin/sh -c 'until [ -e %(here)s/go ]; do sleep 0.05; done; exit 7'")
        let arguments = ["--ordered-startup", "--fatal-exit", "--fatal-exit-on=exit", "--log"]
        try await Supervise.run(arguments, Self.bystander + job) { supervise in
            try await supervise.wait(forLine: "job STARTING → RUNNING")
            supervise.send(signal, to: "listenerd")
            try await supervise.wait(for: "another listener") { supervise.pids(of: "listenerd").count == 2 }
            try await supervise.wait(forLog: "success: listenerd entered RUNNING state", times: 2)
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
            #expect(!supervise.errors.contains("sending SIGTERM to supervisord"), "\(supervise.logs)")
        }
    }

    /// Keys with which supervisord does not restart a killed listener.
    @Test(arguments: ["startsecs=600\nstartretries=0", "startsecs=0\nautorestart=false"])
    func aListenerThatIsLostEndsEverything(keys: String) async throws {
        try await Supervise.run([], Self.bystander + Sections.listener("--fatal-exit", keys)) { supervise in
            try await supervise.wait(forStarts: 1)
            try await supervise.wait(for: "the listener") { !supervise.pids(of: "listenerd").isEmpty }
            supervise.send(SIGKILL, to: "listenerd")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(70), "\(supervise.logs)")
            #expect(supervise.errors.contains("; sending SIGTERM to supervisord\n"), "\(supervise.logs)")
            #expect(supervise.log.contains("stopped: other"))
        }
    }

    @Test func aListenerThatFailsAsOftenAsItIsStartedEndsEverything() async throws {
        let listener = """
            [eventlistener:broken]
            command=%(here)s/listenerd --fatal-exit
            events=PROCESS_STATE
            startsecs=0

            """
        try await Supervise.run(
            [],
            Self.bystander + listener,
            files: ["listenerd": "#!/bin/sh\nexit 1\n"],
            prepare: { folder in chmod(folder.path(of: "listenerd"), 0o755) }
        ) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(70), "\(supervise.logs)")
            #expect(supervise.errors.contains("; sending SIGTERM to supervisord\n"), "\(supervise.logs)")
        }
    }
}
