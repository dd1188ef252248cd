import ListenerKit
import Testing

@testable import Handlers

@Suite struct StartupFailureTests: StartupWriting {
    private func started(_ name: String) -> ProcessInformation {
        information(name, .starting, started: 1000)
    }

    private func chain(_ policy: FailurePolicy = .wait, _ conditions: StartupConditions = .running) -> StartupWorld {
        StartupWorld([program("a"), program("b", after: 0, conditions), program("c", after: 1)], policy: policy)
    }

    @Test func aProgramThatEndedWhereItsSuccessIsAwaitedIsNamed() {
        var samples = [program("a"), program("b", after: 0, .completed)]
        samples[0].autorestart = .never
        var world = StartupWorld(samples)
        world.see(untouched("a", "b"))
        world.see("a", .exited(expected: false, pid: 1))
        #expect(
            world.said == [
                "a has exited unexpectedly and is not restarted; until it is started again, these do not start: b (waits for a)"
            ]
        )
        world.see("a", .starting(tries: 0))
        world.see("a", .exited(expected: true, pid: 2))
        #expect(world.started == ["a", "b"])
    }

    @Test func aRefusalThatIsRepeatedIsReportedOnce() {
        var world = chain(.continue)
        world.see(untouched("a", "b", "c"))
        world.refuse("a", "NO_FILE: /bin/a")
        let saying = "a cannot be started: NO_FILE: /bin/a; starting anyway"
        #expect(world.said.count == 1 && world.said[0].hasPrefix(saying))
        world.add(group: "a")
        world.see(untouched("a", "b", "c"))
        #expect(world.started.filter { $0 == "a" }.count == 2)
        world.refuse("a", "NO_FILE: /bin/a")
        #expect(world.said.count == 1, "\(world.said)")
    }

    @Test(arguments: [Autorestart.unexpected, .always])
    func aProgramThatIsRestartedMayStillSucceed(autorestart: Autorestart) {
        var samples = [program("a"), program("b", after: 0, .completed)]
        samples[0].autorestart = autorestart
        var world = StartupWorld(samples)
        world.see(untouched("a", "b"))
        world.see("a", .exited(expected: false, pid: 1))
        #expect(world.said.isEmpty)
    }

    @Test func aProgramThatWasStoppedBeforeItRanIsNamed() {
        var world = chain(.exit)
        world.see(untouched("a", "b", "c"))
        world.see("a", .stopping(pid: 1))
        #expect(world.said.isEmpty)
        world.see("a", .stopped(pid: 1))
        // It is an operator who does that, so no policy applies.
        #expect(
            world.said == [
                "a was stopped; until it is started again, these do not start: b (waits for a), c (waits for b)"
            ]
        )
    }

    @Test(arguments: FailurePolicy.allCases)
    func dependentsAreNotBlamedOnAProcessThatReachedItsState(policy: FailurePolicy) {
        var samples = [program("w", processes: ["w_0", "w_1"]), program("b", after: 0)]
        samples[0].autorestart = .never
        var world = StartupWorld(samples, policy: policy)
        world.see(untouched("w_1", "b"))
        #expect(world.said.count == 1 && world.said[0].hasPrefix("supervisord does not know w_0"), "\(world.said)")
        world.see("w_1", .running(pid: 1))
        world.see("w_1", .exited(expected: false, pid: 1))
        #expect(world.started == ["w_1"])
        #expect(world.said.count == 1, "\(world.said)")
    }

    @Test(arguments: FailurePolicy.allCases)
    func aProcessThatIsWhereItShouldBeIsNotBlamedForAnotherConditionOfTheSameItem(policy: FailurePolicy) {
        var samples = [program("w", processes: ["w_0", "w_1"]), program("b", after: 0, [.running, .backoff])]
        samples[0].autorestart = .never
        var world = StartupWorld(samples, policy: policy)
        world.see(untouched("w_1", "b"))
        world.see("w_1", .running(pid: 1))
        world.see("w_1", .exited(expected: false, pid: 1))
        #expect(world.started == ["w_1"])
        #expect(world.said.count == 1 && world.said[0].hasPrefix("supervisord does not know w_0"), "\(world.said)")
    }

    @Test func ifEachOfTwoProcessesHasReachedSomethingElseBothAreNamed() {
        var samples = [program("w", processes: ["w_0", "w_1"]), program("b", after: 0, [.completed, .fatal])]
        samples[0].autorestart = .never
        var world = StartupWorld(samples)
        world.see(untouched("w_0", "w_1", "b"))
        world.see("w_0", .exited(expected: true, pid: 1))
        world.see("w_1", .fatal)
        #expect(world.started == ["w_0", "w_1"])
        #expect(world.said.contains { $0.hasPrefix("w_1 is FATAL; until it is started again, these do not start: b") })
    }

    @Test func aParentThatNothingStartsIsNamedAtOnce() {
        var samples = [program("a", isManaged: false), program("b", after: 0)]
        samples[0].isAutostarted = false
        var world = StartupWorld(samples)
        world.see(untouched("a", "b"))
        #expect(
            world.said == [
                "a has autostart=false, and no key that says when to start it; until it is started, these do not start: b "
                    + "(waits for a)"
            ]
        )
        world.see("a", .starting(tries: 0))
        world.see("a", .running(pid: 1))
        #expect(world.started == ["b"])
    }

    @Test func eachFailureIsReportedOnceAndAgainOnlyAfterARepair() {
        var world = chain()
        world.see(untouched("a", "b", "c"))
        for _ in 1...3 {
            world.see("a", .fatal)
            world.see([information("a", .fatal, started: 900)] + untouched("b", "c"))
        }
        #expect(world.said.count == 1)
        world.see("a", .starting(tries: 0))
        world.see("a", .fatal)
        #expect(world.said.count == 2)
    }

    @Test func ofAParentWithSeveralProcessesEachFailureIsNamed() {
        var world = StartupWorld([program("a", processes: ["a0", "a1"]), program("b", after: 0)])
        world.see(untouched("a0", "a1", "b"))
        world.see("a0", .fatal)
        world.see("a1", .fatal)
        #expect(world.said.count == 2)
        world.see("a0", .starting(tries: 0))
        world.see("a0", .running(pid: 1))
        world.see("a1", .starting(tries: 0))
        world.see("a1", .running(pid: 1))
        #expect(world.started == ["a0", "a1", "b"])
    }

    @Test func anOptionalParentThatHasFailedHoldsNobodyBack() {
        var samples = [program("a"), program("b", after: 0), program("c", after: 1)]
        samples[1].waits[0].isOptional = true
        var world = StartupWorld(samples)
        world.see(untouched("a", "b", "c"))
        #expect(world.started == ["a"])
        world.see("a", .fatal)
        #expect(world.started == ["a", "b"])
        #expect(world.said.isEmpty)
    }

    @Test func optionalDependenciesThatWaitInVainHoldNothingUp() {
        var samples = [program("a"), program("b", after: 0), program("c", after: 1)]
        samples[2].waits[0].isOptional = true
        var world = StartupWorld(samples)
        world.see(untouched("a", "b", "c"))
        world.see("a", .fatal)
        #expect(world.started == ["a", "c"])
        #expect(world.said == ["a is FATAL; until it is started again, these do not start: b (waits for a)"])
    }

    @Test func goingOnStartsWhatWaits() {
        var world = chain(.continue)
        world.see(untouched("a", "b", "c"))
        world.see("a", .fatal)
        #expect(world.started == ["a", "b"])
        #expect(world.said == ["a is FATAL; starting anyway: b (waits for a), c (waits for b)"])
        world.see("b", .running(pid: 1))
        #expect(world.started == ["a", "b", "c"])
    }

    @Test func endingNamesTheProgramAndWhoWaits() {
        var world = chain(.exit)
        world.see(untouched("a", "b", "c"))
        world.see("a", .fatal)
        #expect(world.said == ["END: a is FATAL; not started: b (waits for a), c (waits for b)"])
    }

    @Test(arguments: FailurePolicy.allCases)
    func onlyThoseAreNamedThatWaitForTheProcessThatFailed(policy: FailurePolicy) {
        let pair = program("w", processes: ["w0", "w1"])
        var programs = StartupPlan([pair, program("a", after: 1), program("b", after: 2)]).programs
        programs[0].dependencies = []
        let parents = [
            StartupParent(name: "w", programs: [0], processes: [0, 1]),
            StartupParent(name: "w:w0", programs: [0], processes: [0]),
            StartupParent(name: "w:w1", programs: [0], processes: [1]),
        ]
        var world = StartupWorld(StartupPlan(programs: programs, parents: parents), policy: policy)
        world.see(untouched("w0", "w1", "a", "b"))
        world.see("w1", .fatal)
        #expect(world.said.count == 1)
        #expect(world.said.first?.contains("b (waits for w:w1)") == true)
        #expect(world.said.first?.contains("a (waits for") == false, "\(world.said)")
        world.see("w0", .running(pid: 1))
        #expect(world.started.contains("a"))
    }

    @Test(arguments: FailurePolicy.allCases)
    func aProgramThatSupervisordDoesNotKnowYetIsUpToAnOperator(policy: FailurePolicy) {
        var world = StartupWorld([program("a"), program("b", after: 0)], policy: policy)
        world.see([])
        #expect(world.started.isEmpty)
        #expect(
            world.said.first
                == "supervisord does not know a, which was added to its configuration; run supervisorctl update; "
                + "until it is started, these do not start: b (waits for a)"
        )
        world.see(untouched("a", "b"))
        world.see("a", .running(pid: 1))
        #expect(world.started == ["a", "b"])
    }

    @Test func aListenerThatComesAgainSaysNothingOfAFailureWhereWhatWaitedIsUp() {
        var world = chain(.exit)
        world.see(
            [information("a", .fatal, started: 900), information("b", .running, started: 901)]
                + [information("c", .running, started: 902)]
        )
        #expect(world.said.isEmpty)
    }

    @Test func aFailureThatKeepsNobodyIsNoneOfThePolicys() {
        var world = chain(.exit)
        world.see(untouched("a", "b", "c"))
        world.see("a", .running(pid: 1))
        world.see("b", .running(pid: 2))
        world.see("a", .fatal)
        #expect(!world.said.contains { $0.hasPrefix("END") })
    }

    @Test func aProgramThatBecomesKnownLaterIsStartedThen() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("b"))
        #expect(world.started.isEmpty)
        #expect(world.said.first?.hasSuffix("until it is started, these do not start: b (waits for a)") == true)
        world.see(untouched("a", "b"))
        #expect(world.started == ["a"])
    }

    @Test func anOldSnapshotDoesNotSettleADoubt() {
        var world = StartupWorld([program("a")])
        world.see(untouched("a"))
        let asked = world.now
        world.leaveUnconfirmed("a")
        world.see(untouched("a"), asked: asked)
        #expect(world.started == ["a"])
        #expect(world.requestedSnapshots == [.milliseconds(500), .milliseconds(100)])
        #expect(!world.progress.isComplete)
        world.see(untouched("a"))
        #expect(world.started == ["a", "a"])
    }

    @Test func previousStateTellsWhatAProcessHadReached() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.see("a", .stopping(pid: 1), from: .running)
        #expect(world.started == ["a", "b"])
    }
}

// MARK: - The time limit

extension StartupFailureTests {
    private func late(_ policy: FailurePolicy) -> StartupWorld {
        var world = StartupWorld(
            [program("a"), program("b", after: 0), program("c", after: 1)],
            policy: policy,
            timeout: .seconds(30)
        )
        world.see(untouched("a", "b", "c"))
        world.checkDeadline(after: .seconds(29))
        #expect(world.said.isEmpty)
        world.checkDeadline(after: .seconds(30))
        return world
    }

    @Test func timeoutIsReportedOnceWithTheUnstartedPrograms() {
        var world = late(.wait)
        #expect(
            world.said == ["not everything has started after 30.0 s; not started: b (waits for a), c (waits for b)"]
        )
        #expect(world.progress.deadline == nil)
        world.see("a", .running(pid: 1))
        #expect(world.started == ["a", "b"])
    }

    @Test func pastTheTimeLimitEverythingIsStartedWhereThatIsThePolicy() {
        let world = late(.continue)
        #expect(world.started == ["a", "b", "c"])
    }

    @Test func afterTheTimeoutContinuedProgramsWaitForNothing() {
        var world = StartupWorld(
            [program("a"), program("b", after: 0)],
            policy: .continue,
            timeout: .seconds(30)
        )
        world.see(untouched("a"))
        world.checkDeadline(after: .seconds(30))
        world.see("a", .running(pid: 1))
        #expect(world.started == ["a"])
        world.see([information("a", .running, started: 900)] + untouched("b"))
        #expect(world.started == ["a", "b"])
    }

    @Test func pastTheTimeLimitSupervisordIsEndedWhereThatIsThePolicy() {
        let world = late(.exit)
        #expect(
            world.said.first?.hasPrefix("END: not everything has started after 30.0 s; not started: b") == true
        )
    }

    @Test func thereIsNoTimeLimitOnceEverythingIsStarted() {
        var world = StartupWorld([program("a")], timeout: .seconds(30))
        #expect(world.progress.deadline == nil)
        world.see(untouched("a"))
        #expect(world.progress.deadline == nil)
    }
}
