import ListenerKit
import Testing

@testable import Handlers

@Suite struct StartupProgressTests: StartupWriting {
    @Test func nothingIsStartedBeforeItIsKnownHowThingsStand() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see("a", .running(pid: 1))
        #expect(world.started.isEmpty)
        world.see(untouched("a", "b"))
        #expect(world.started == ["b"])
    }

    @Test func eachIsStartedWhenTheOneBeforeItIsWhereItShouldBe() {
        var world = StartupWorld([program("a"), program("b", after: 0, .exited), program("c", after: 1)])
        world.see(untouched("a", "b", "c"))
        #expect(world.started == ["a"])
        world.see("a", .starting(tries: 0))
        world.see("a", .running(pid: 1))
        #expect(world.started == ["a"])
        world.see("a", .exited(expected: false, pid: 1))
        #expect(world.started == ["a", "b"])
        world.see("b", .starting(tries: 0))
        world.see("b", .running(pid: 2))
        #expect(world.started == ["a", "b", "c"])
    }

    @Test(arguments: [(0, true, ["a", "b"]), (0, false, ["a"]), (1, true, ["a"])])
    func aStartThatWasAnsweredNeedsNoEventWhereThereAreNoSecondsToWaitFor(
        startSeconds: Int,
        isUp: Bool,
        expected: [String]
    ) {
        var world = StartupWorld([program("a", startSeconds: startSeconds), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.answer("a", isUp ? .started : .alreadyStarted)
        #expect(world.started == expected)
        world.see("a", .starting(tries: 0))
        world.see("a", .running(pid: 1))
        #expect(world.started == ["a", "b"])
    }

    @Test func reachedStatesStayReachedAndNothingStartsTwice() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        for _ in 1...3 {
            world.see("a", .starting(tries: 0))
            world.see("a", .running(pid: 1))
            world.see("a", .exited(expected: true, pid: 1))
        }
        world.see(untouched("a") + [information("b", .stopped, started: 900, stopped: 901)])
        #expect(world.started == ["a", "b"])
    }

    @Test func aProgramThatIsUpIsPassedOver() {
        var world = StartupWorld([program("a"), program("b", after: 0), program("c", after: 1)])
        world.see(
            [information("a", .running, started: 900), information("b", .running, started: 901)] + untouched("c")
        )
        #expect(world.started == ["c"])
    }

    @Test func aListenerThatIsRestartedGoesOnWhereThingsStand() {
        var world = StartupWorld([program("a"), program("b", after: 0, .exited), program("c", after: 1)])
        world.see(
            [information("a", .exited, started: 900, stopped: 901), information("b", .starting, started: 1000)]
                + untouched("c")
        )
        #expect(world.started.isEmpty)
        world.see("b", .running(pid: 2))
        #expect(world.started == ["c"])
    }

    @Test func aProgramThatAnOperatorStoppedIsNotStartedAgain() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see([information("a", .stopped, started: 900, stopped: 950)] + untouched("b"))
        #expect(world.started == ["b"])
    }

    @Test func aProgramThatWasStoppedBeforeItRanHasNotRun() {
        var world = StartupWorld([program("a", startSeconds: 60), program("b", after: 0)])
        world.see([information("a", .stopped, started: 900, stopped: 950)] + untouched("b"))
        #expect(world.started.isEmpty)
    }

    @Test(arguments: [(0, true), (7, false)])
    func completedIsExitedWithAnExpectedStatus(status: Int, isCompleted: Bool) {
        var world = StartupWorld([program("a"), program("b", after: 0, .completed)])
        world.see([information("a", .exited, started: 900, stopped: 950, status: status)] + untouched("b"))
        #expect(world.started == (isCompleted ? ["b"] : []))
    }

    @Test func allProcessesOfAProgramMustHaveReachedTheSame() {
        var world = StartupWorld([program("a", processes: ["a0", "a1"]), program("b", after: 0, [.running, .exited])])
        world.see(untouched("a0", "a1", "b"))
        #expect(world.started == ["a0", "a1"])
        world.see("a0", .exited(expected: true, pid: 1))
        #expect(world.started == ["a0", "a1"])
        world.see("a1", .running(pid: 2))
        #expect(world.started == ["a0", "a1", "b"])
    }

    @Test func readyProgramsStartByPriorityThenByName() {
        var world = StartupWorld([program("z", priority: 5), program("b"), program("a")])
        world.see(untouched("a", "b", "z"))
        #expect(world.started == ["z", "a", "b"])
    }

    @Test func anAutostartMemberIsWaitedForAndNotStarted() {
        var world = StartupWorld([program("a", isManaged: false), program("b", after: 0)])
        world.see([information("a", .starting, started: 999)] + untouched("b"))
        #expect(world.started.isEmpty)
        world.see("a", .running(pid: 1))
        #expect(world.started == ["b"])
    }

    @Test(arguments: [(StartupConditions.completed, 1, true), (.completed, 0, false), (.running, 1, false)])
    func aTaskThatEndedTooSoonIsToldTheCure(conditions: StartupConditions, startSeconds: Int, isTold: Bool) {
        var task = program("a")
        task.startSeconds = startSeconds
        var waiting = program("b")
        waiting.waits = [.init(parent: 0, conditions: conditions)]
        var world = StartupWorld([task, waiting])
        world.see(untouched("a", "b"))
        world.see("a", .backoff(tries: 1))
        world.see("a", .fatal)
        let cure = "; it has to run for 1 s to count as started: if it ends sooner by itself, set startsecs=0"
        let consequence = "; until it is started again, these do not start: b (waits for a)"
        #expect(world.said == ["a is FATAL\(isTold ? cure : "")\(consequence)"])
    }

    @Test func aFailedProgramIsNamedWithAllThatWaitAndTheChainGoesOnOnceItIsRepaired() {
        var world = StartupWorld([program("a"), program("b", after: 0), program("c", after: 1)])
        world.see(untouched("a", "b", "c"))
        world.see("a", .backoff(tries: 1))
        world.see("a", .fatal)
        #expect(
            world.said == [
                "a is FATAL; until it is started again, these do not start: b (waits for a), c (waits for b)"
            ]
        )
        world.see("a", .starting(tries: 0))
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "b"])
    }

    @Test func failuresAreReportedOnlyIfDependentsWait() {
        var world = StartupWorld([program("a"), program("b", after: 0, .fatal)])
        world.see(untouched("a", "b"))
        world.see("a", .fatal)
        #expect(world.started == ["a", "b"])
        #expect(!world.said.contains { $0.contains("FATAL") })
    }

    @Test func aStartInDoubtIsAskedForAgainUnlessSupervisordHasHeardOfIt() {
        var world = StartupWorld([program("a"), program("b")])
        world.see(untouched("a", "b"))
        world.leaveUnconfirmed("a")
        world.leaveUnconfirmed("b")
        #expect(world.requestedSnapshots == [.milliseconds(500), .milliseconds(500)])
        world.see(untouched("a") + [information("b", .running, started: 999)])
        #expect(world.started == ["a", "b", "a"])
    }

    @Test func aRefusedStartIsNamedWithAllThatWait() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.refuse("a", "NO_FILE: /bin/a")
        #expect(
            world.said == [
                "a cannot be started: NO_FILE: /bin/a; until it is started, these do not start: b (waits for a)"
            ]
        )
    }

    @Test func endOfTheStartupIsReportedOnce() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.now += .milliseconds(1530)
        world.see("a", .running(pid: 1))
        world.see("b", .running(pid: 2))
        #expect(world.said == ["started 2 processes in order in 1.5 s; slowest chain: a → b 1.5 s"])
    }

    @Test func endIsReportedIfAnOperatorStartsTheLastProgram() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.see("b", .running(pid: 2))
        #expect(world.said.isEmpty)
        world.see("a", .running(pid: 1))
        #expect(world.said == ["started 1 process in order in 0.0 s"])
    }

    @Test func nothingIsReportedIfThereWasNothingToStart() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see([information("a", .running, started: 1), information("b", .running, started: 2)])
        #expect(world.said.isEmpty)
    }

    @Test func aProcessThatSupervisordDoesNotKnowIsNamed() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a"))
        #expect(world.said.count == 1)
        #expect(world.said.first?.contains("does not know b") == true)
    }
}

// MARK: - Nudges

extension StartupProgressTests {
    @Test func supervisordIsWokenRightAfterTheStartsecsOfAProgramThatIsWaitedFor() throws {
        var world = StartupWorld([program("a", startSeconds: 3), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.see("a", .starting(tries: 0))
        let first = world.progress.nextNudge()
        let nudge = try #require(first)
        #expect(nudge > world.now + .seconds(3))
        #expect(nudge < world.now + .milliseconds(3030))
        world.progress.nudged(at: nudge)
        let next = world.progress.nextNudge()
        #expect(try #require(next) > nudge)
        world.see("a", .running(pid: 1))
        let last = world.progress.nextNudge()
        #expect(last == nil)
    }

    @Test func theEndOfAOneShotIsLookedForEverMoreRarelyUntilSupervisordsOwnClockWillDo() throws {
        var world = StartupWorld([program("a"), program("b", after: 0, .exited)])
        world.see(untouched("a", "b"))
        world.see("a", .running(pid: 1))
        let start = world.now
        var nudges = 0
        while let nudge = world.progress.nextNudge() {
            let elapsed = start.duration(to: nudge)
            #expect(nudge - world.now <= max(.milliseconds(10), elapsed / 16))
            world.now = nudge
            world.progress.nudged(at: nudge)
            nudges += 1
        }
        #expect(start.duration(to: world.now) > .seconds(30))
        #expect(nudges < 250)
    }

    @Test func programsWithoutDependentsNeedNoNudge() {
        var world = StartupWorld([program("a")])
        world.see(untouched("a"))
        world.see("a", .starting(tries: 0))
        let nudge = world.progress.nextNudge()
        #expect(nudge == nil)
    }
}
