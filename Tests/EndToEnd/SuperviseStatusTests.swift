import ExecutableTesting
import Foundation
import Testing

/// The status that `supervise` ends with.
@Suite struct SuperviseStatusTests {
    /// What happens, and the status that follows.
    struct Failure: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var programs: String
        var status: Int32

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let bystander = Sections.program("other", "sleep 600")

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
    ]

    @Test(arguments: failures)
    func aFailureEndsEverythingWithItsStatus(failure: Failure) async throws {
        try await Supervise.run(failure.arguments, Self.bystander + failure.programs) { supervise in
            let ending = try await supervise.endWithoutTrace()
            #expect(ending == .status(failure.status), "\(supervise.story)")
            let sayings = ["; supervisord is shut down, and ", "the status is \(failure.status), as a listener has"]
            #expect(supervise.errors.inOrder(sayings[0], sayings[1]), "\(supervise.story)")
        }
    }

    @Test func whatEndsAsExpectedEndsEverythingWithNoStatusOfItsOwn() async throws {
        try await Supervise.run(
            ["--fatal-exit", "--fatal-exit-on", "all-exited"],
            FatalExitTriggerTests.job("job", "/bin/true")
        ) { supervise in
            let ending = try await supervise.endWithoutTrace()
            #expect(ending == .status(0), "\(supervise.story)")
        }
    }

    @Test func twoStartsInARowAreTheSame() async throws {
        let failure = Self.failures[0]
        try await Supervise.run(failure.arguments, failure.programs) { supervise in
            let ending = try await supervise.endWithoutTrace()
            #expect(ending == .status(7), "\(supervise.story)")
            let again = try supervise.startAgain()
            let secondEnding = try await again.end()
            #expect(secondEnding == .status(7), "\(supervise.story)")
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
            let ending = try await supervise.endWithoutTrace()
            #expect(ending == .status(137), "\(supervise.story)")
            let sayings = [
                "listenerd: error: supervisord was killed by SIGKILL\n",
                " programs that supervisord left behind\n",
            ]
            #expect(supervise.errors.inOrder(sayings[0], sayings[1]), "\(supervise.story)")
        }
    }

    /// Ways in which supervisord gives up a listener that has been killed.
    @Test(arguments: ["startsecs=600\nstartretries=0", "startsecs=0\nautorestart=false"])
    func aListenerThatIsLostEndsEverything(keys: String) async throws {
        try await Supervise.run([], Self.bystander + Sections.listener("--fatal-exit", keys)) { supervise in
            try await supervise.wait(forStarts: 1)
            try await supervise.wait(for: "the listener") { !supervise.numbers(of: "listenerd").isEmpty }
            supervise.send(SIGKILL, to: "listenerd")
            let ending = try await supervise.endWithoutTrace()
            #expect(ending == .status(70), "\(supervise.story)")
            #expect(supervise.errors.contains("; supervisord is ended by SIGTERM\n"), "\(supervise.story)")
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
            let ending = try await supervise.endWithoutTrace()
            #expect(ending == .status(70), "\(supervise.story)")
            #expect(supervise.errors.contains("; supervisord is ended by SIGTERM\n"), "\(supervise.story)")
        }
    }
}
