import ListenerKit
import Testing

@testable import Handlers

/// Which starts count: that supervisord has taken the order is not enough.
@Suite struct StartupSummaryTests: StartupWriting {
    private func pair(startSeconds: Int = 0, autorestart: Autorestart = .never) -> StartupWorld {
        var samples = [program("a", startSeconds: startSeconds), program("b", after: 0, startSeconds: startSeconds)]
        samples[1].autorestart = autorestart
        var world = StartupWorld(samples)
        world.see(untouched("a", "b"))
        return world
    }

    @Test func withoutStartsecsTheAnswerIsEnough() {
        var world = pair()
        world.answer("a")
        #expect(world.said.isEmpty)
        world.answer("b")
        #expect(world.said == ["started 2 processes in order in 0.0 s; slowest chain: a → b 0.0 s"])
        #expect(world.progress.isComplete)
    }

    @Test func withStartsecsAProcessHasToComeUpFirst() {
        var world = pair(startSeconds: 1)
        world.see("a", .running(pid: 1))
        world.answer("b")
        #expect(world.said.isEmpty)
        #expect(!world.progress.isComplete)
        world.now += .milliseconds(1100)
        world.see("b", .running(pid: 2))
        #expect(world.said == ["started 2 processes in order in 1.1 s; slowest chain: a → b 0.0 s"])
        #expect(world.progress.isComplete)
    }

    @Test(arguments: [0, 1])
    func aStartThatSupervisordTriesAgainCountsOnceItHasSucceeded(startSeconds: Int) {
        var world = pair(startSeconds: startSeconds)
        world.see("a", .running(pid: 1))
        world.answer("b", .spawnError)
        world.see("b", .starting(tries: 0))
        world.see("b", .backoff(tries: 1))
        #expect(world.said.isEmpty)
        #expect(!world.progress.isComplete)
        world.see("b", .starting(tries: 1))
        world.see("b", .running(pid: 2))
        #expect(world.said.first?.hasPrefix("started 2 processes in order") == true, "\(world.said)")
        #expect(world.progress.isComplete)
    }

    @Test(arguments: [false, true])
    func aStartThatSupervisordGivesUpDoesNotCount(isSeenOnlyLater: Bool) {
        var world = pair()
        world.answer("a")
        world.answer("b", .spawnError)
        world.now += .seconds(6)
        if isSeenOnlyLater {
            world.see([information("a", .running, started: 900), information("b", .fatal, started: 990)])
        } else {
            world.see("b", .fatal)
        }
        #expect(
            world.said == [
                "started 1 of 2 processes in order in 6.0 s; slowest chain: a → b 0.0 s; not started: b (FATAL)"
            ]
        )
        #expect(!world.progress.isComplete)
        world.see("b", .starting(tries: 0))
        world.see("b", .running(pid: 2))
        #expect(world.said.count == 1)
        #expect(world.progress.isComplete)
    }

    @Test func aProgramThatFailsLaterHasStartedAllTheSame() {
        var world = pair(startSeconds: 1)
        world.see("a", .running(pid: 1))
        world.see("a", .exited(expected: false, pid: 1))
        world.see("a", .fatal)
        world.see("b", .running(pid: 2))
        #expect(world.said.first?.hasPrefix("started 2 processes in order") == true, "\(world.said)")
        #expect(world.progress.isComplete)
    }

    @Test func aStartThatIsRefusedDoesNotCount() {
        var world = pair()
        world.answer("a")
        world.refuse("b", "NO_FILE: /bin/b")
        #expect(
            world.said == [
                "b cannot be started: NO_FILE: /bin/b",
                "started 1 of 2 processes in order in 0.0 s; slowest chain: a → b 0.0 s; not started: "
                    + "b (NO_FILE: /bin/b)",
            ]
        )
        #expect(!world.progress.isComplete)
        // Nor is it asked for again, until somebody has started it.
        world.see([information("a", .running, started: 900)] + untouched("b"))
        #expect(world.started == ["a", "b"])
        world.see("b", .running(pid: 2))
        #expect(world.progress.isComplete)
    }

    @Test func singleReportsNeedNoSummary() {
        var world = StartupWorld([program("a")])
        world.see(untouched("a"))
        world.refuse("a", "NO_FILE: /bin/a")
        #expect(world.said == ["a cannot be started: NO_FILE: /bin/a"])
    }

    @Test func asLongAsOthersWaitNothingIsOver() {
        var world = pair()
        world.answer("a", .spawnError)
        world.see("a", .fatal)
        #expect(world.said == ["a is FATAL; until it is started again, these do not start: b (waits for a)"])
        world.see("a", .running(pid: 1))
        world.answer("b")
        #expect(world.said.last?.hasPrefix("started 2 processes in order") == true, "\(world.said)")
    }

    @Test func pastTheTimeLimitWhatHangsCountsIfThePolicyIsToGoOn() {
        let samples = [program("a"), program("b", after: 0, startSeconds: 0)]
        var world = StartupWorld(samples, policy: .continue, timeout: .seconds(30))
        world.see(untouched("a", "b"))
        world.see("a", .starting(tries: 0))
        world.now += .seconds(30)
        world.checkDeadline(after: .zero)
        world.answer("b")
        #expect(world.said.last?.hasPrefix("started 2 processes in order in 30.0 s") == true, "\(world.said)")
    }

    @Test func supervisordsOwnWordsAreAdded() {
        let name = ProcessName(group: "b", process: "b")
        let failure = StartupSummary.Failure(process: name, failure: .fatal)
        let summary = StartupSummary(count: 1, duration: .seconds(6), chain: "", failures: [failure])
        #expect(summary.level == .error)
        #expect(
            summary.message([name: "unknown error making dispatchers for 'b': EISDIR"])
                == "started 1 of 2 processes in order in 6.0 s; not started: b (FATAL, unknown error making dispatchers for "
                + "'b': EISDIR)"
        )
    }

    @Test func ofManyFailuresSomeAreNamed() {
        let failures = (1...12).map {
            StartupSummary.Failure(process: ProcessName(group: "p\($0)", process: "p\($0)"), failure: .fatal)
        }
        let message = StartupSummary(count: 0, duration: .milliseconds(100), chain: "", failures: failures).message()
        #expect(
            message.hasPrefix("started 0 of 12 processes in order in 0.1 s; not started: p1 (FATAL), p2 (FATAL), ")
        )
        #expect(message.hasSuffix("p10 (FATAL) and 2 more"))
    }

    @Test func ofManyProcessesEachIsWaitedFor() {
        let count = 10_000
        var world = StartupWorld((0..<count).map { program("p\($0)", startSeconds: 0) })
        world.see((0..<count).map { information("p\($0)", .stopped) })
        for index in (0..<count).reversed() {
            #expect(world.said.isEmpty)
            world.answer("p\(index)")
        }
        #expect(world.said.first?.hasPrefix("started 10000 processes in order") == true, "\(world.said)")
    }
}

// MARK: - What cannot be executed

extension StartupSummaryTests {
    private static let notExecuted =
        "b was not executed: it exited at once with status 127, as happens if supervisord cannot enter directory=, "
        + "become user= or execute command=; see its standard error"

    @Test func anEndRightAfterTheStartHasSupervisordAsked() {
        var world = pair()
        world.answer("a")
        world.answer("b")
        #expect(world.requestedSnapshots.isEmpty)
        world.see("b", .exited(expected: false, pid: 2))
        #expect(world.requestedSnapshots == [.milliseconds(100)])
    }

    @Test(arguments: [true, false])
    func anEndAsExpectedOrLaterHasNobodyAsked(isExpected: Bool) {
        var world = pair()
        world.answer("a")
        world.answer("b")
        world.now += isExpected ? .zero : .seconds(3)
        world.see("b", .exited(expected: isExpected, pid: 2))
        #expect(world.requestedSnapshots.isEmpty)
    }

    @Test(arguments: [(127, true), (1, false), (-1, false)])
    func processesThatWereNotExecutedAreNamedAndDoNotCount(status: Int, isNamed: Bool) {
        var world = pair()
        world.answer("a")
        world.answer("b")
        world.said = []
        world.see("b", .exited(expected: false, pid: 2))
        for _ in 1...2 {
            world.see([
                information("a", .running, started: 900),
                information("b", .exited, started: 999, stopped: 1000, status: status),
            ])
            // The event may come late.
            world.see("b", .exited(expected: false, pid: 2))
        }
        #expect(world.said == (isNamed ? [Self.notExecuted] : []))
        #expect(world.progress.isComplete == !isNamed)
    }

    @Test func waitingProgramsAreReportedOnce() {
        var samples = [program("b", startSeconds: 0), program("c", after: 0, .completed)]
        samples[0].autorestart = .never
        var world = StartupWorld(samples)
        world.see(untouched("b", "c"))
        world.answer("b")
        world.see("b", .exited(expected: false, pid: 1))
        world.see([information("b", .exited, started: 999, stopped: 999, status: 127)] + untouched("c"))
        #expect(
            world.said == [
                "b has exited unexpectedly and is not restarted; until it is started again, these do not start: c (waits for b)",
                Self.notExecuted,
            ]
        )
    }

    @Test func processesRestartedAgainAndAgainAreNamedOnce() {
        var world = pair(autorestart: .unexpected)
        world.answer("a")
        world.answer("b")
        world.said = []
        for _ in 1...5 {
            world.see("b", .exited(expected: false, pid: 2))
            world.see("b", .starting(tries: 0))
            world.see("b", .running(pid: 3))
        }
        #expect(world.said.count == 1)
        #expect(world.said.first?.hasPrefix("b exited unexpectedly right after its start 3 times in a row") == true)
        #expect(world.requestedSnapshots.isEmpty)
    }

    @Test(arguments: [
        (ProcessState.running, 990, 0, true), (.running, 999, 0, false), (.starting, 990, 0, false),
        (.backoff, 990, 0, false), (.fatal, 990, 0, false), (.exited, 990, 0, true), (.exited, 990, 1, true),
        (.exited, 990, 127, false), (.stopped, 990, 0, true), (.stopping, 990, 0, true),
    ])
    func processesUpForASecondOrEndedOtherwiseWereExecuted(
        state: ProcessState,
        start: Int,
        status: Int,
        isProven: Bool
    ) {
        var world = pair()
        world.answer("a")
        world.answer("b")
        let snapshot = [
            information("a", .running, started: 900),
            information("b", state, started: start, stopped: start, status: status),
            information("other", .fatal, started: 900),
        ]
        #expect(world.progress.isProven(by: snapshot) == isProven)
    }
}
