import ListenerKit
import Testing

@testable import Handlers

/// What becomes of a startup when supervisord has taken over another configuration.
@Suite struct StartupAdoptionTests: StartupWriting {
    private func running(_ names: String...) -> [ProcessInformation] {
        names.map { information($0, .running, started: 900) }
    }

    private func world(_ samples: [SampleProgram], _ policy: FailurePolicy = .wait) -> StartupWorld {
        var world = StartupWorld(samples, policy: policy)
        world.see(samples.flatMap { $0.processes.map { information($0.process, .stopped) } })
        return world
    }

    @Test func addedProgramsStartInOrderAndNothingElseDoes() {
        var world = world([program("a"), program("b", after: 0)])
        world.see("a", .running(pid: 1))
        world.adopt(
            StartupPlan([program("a"), program("b", after: 0), program("c", after: 1), program("d", after: 0)]),
            running("a") + [information("b", .starting, started: 1000)] + untouched("c", "d")
        )
        #expect(world.started == ["a", "b", "d"])
        world.see("b", .running(pid: 2))
        #expect(world.started == ["a", "b", "d", "c"])
    }

    @Test func moreProcessesOfAProgramAreStartedOnceItsGroupIsAddedAgain() {
        var world = world([program("w", processes: ["w0", "w1"]), program("b", after: 0)])
        for name in ["w0", "w1", "b"] {
            world.see(name, .running(pid: 1))
        }
        world.add(group: "w0")
        world.add(group: "w1")
        world.adopt(
            StartupPlan([program("w", processes: ["w0", "w1", "w2", "w3"]), program("b", after: 0)]),
            untouched("w0", "w1", "w2", "w3") + running("b")
        )
        #expect(world.started == ["w0", "w1", "b", "w0", "w1", "w2", "w3"])
    }

    @Test func fewerProcessesOfAProgramAreEnoughForWhoWaits() {
        var world = world([program("w", processes: ["w0", "w1"]), program("b", after: 0)])
        world.see("w0", .running(pid: 1))
        #expect(world.started == ["w0", "w1"])
        let plan = StartupPlan([program("w", processes: ["w0"]), program("b", after: 0)])
        world.adopt(plan, running("w0") + untouched("b"))
        #expect(world.started == ["w0", "w1", "b"])
    }

    @Test func removedProgramsHoldNothingUpAndAreForgotten() {
        var world = world([program("a"), program("b", after: 0), program("c", after: 1)])
        world.see("a", .fatal)
        world.adopt(StartupPlan([program("b"), program("c", after: 0)]), untouched("b", "c"))
        #expect(world.started == ["a", "b"])
        world.see("b", .running(pid: 1))
        #expect(world.started == ["a", "b", "c"])
        #expect(world.progress.indices.keys.map { $0.description }.sorted() == ["b", "c"])
        #expect(world.progress.processes.count == 2)
    }

    @Test func addedProgramsWaitForReplacedProcesses() {
        var world = world([program("a")])
        world.see("a", .running(pid: 1))
        world.now += .milliseconds(1)
        // Nobody has said that its group was added again, but it is not started.
        world.adopt(StartupPlan([program("a"), program("b", after: 0)]), untouched("a", "b"))
        #expect(world.started == ["a", "a"])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "a", "b"])
    }

    @Test func statesReachedBeforeCountForAddedPrograms() {
        var samples = [program("a")]
        samples[0].autorestart = .never
        var world = world(samples)
        world.see("a", .running(pid: 1))
        world.see("a", .exited(expected: true, pid: 1))
        var waiting = [samples[0], program("b", after: 0, .completed), program("c", after: 0)]
        waiting[0].autorestart = .never
        world.adopt(StartupPlan(waiting), [information("a", .exited, started: 900, stopped: 901)] + untouched("b", "c"))
        #expect(world.started == ["a", "b", "c"])
    }

    @Test func addedDependentsOfAFailedProgramAreNamed() {
        var world = world([program("a")])
        world.see("a", .fatal)
        world.said = []
        world.adopt(
            StartupPlan([program("a"), program("b", after: 0)]),
            [information("a", .fatal, started: 900)] + untouched("b")
        )
        #expect(world.started == ["a"])
        #expect(world.said == ["a is FATAL; until it is started again, these do not start: b (waits for a)"])
    }

    @Test func continuePolicyStartsAddedDependentsOfAFailedProgram() {
        var world = world([program("a")], .continue)
        world.see("a", .fatal)
        world.adopt(
            StartupPlan([program("a"), program("b", after: 0)]),
            [information("a", .fatal, started: 900)] + untouched("b")
        )
        #expect(world.started == ["a", "b"])
    }

    @Test func refusedStartsAreNotRetriedUnlessTheirGroupIsAdded() {
        var world = world([program("a"), program("b", after: 0)])
        world.refuse("a", "NO_FILE")
        let plan = StartupPlan([program("a"), program("b", after: 0), program("c", after: 0)])
        world.adopt(plan, untouched("a", "b", "c"))
        #expect(world.started == ["a"])
        #expect(world.said.last?.hasSuffix("do not start: b (waits for a), c (waits for a)") == true, "\(world.said)")
        world.add(group: "a")
        world.see(untouched("a", "b", "c"))
        #expect(world.started == ["a", "a"])
    }

    @Test func aStartThatIsOnItsWayStaysSo() {
        var world = world([program("a"), program("b")])
        world.leaveUnconfirmed("b")
        let plan = StartupPlan([program("c"), program("a"), program("b")])
        world.adopt(plan, untouched("a", "b", "c"))
        // What is in doubt the snapshot tells: supervisord has not heard of it.
        #expect(world.started == ["a", "b", "b", "c"])
    }

    @Test func theSummaryTellsOfBothPlans() {
        var world = world([program("a"), program("b", after: 0)])
        world.see("a", .running(pid: 1))
        world.now += .seconds(1)
        world.adopt(
            StartupPlan([program("z"), program("a", after: 0), program("b", after: 1), program("c", after: 2)]),
            running("z", "a") + [information("b", .starting, started: 1000)] + untouched("c")
        )
        world.see("b", .running(pid: 2))
        world.now += .seconds(1)
        world.see("c", .running(pid: 3))
        #expect(
            world.said == ["started 3 processes in order in 2.0 s; slowest chain: a → b 0.0 s → c 1.0 s"]
        )
    }

    @Test func theTimeLimitGoesOnAndIsOverWithTheStartup() {
        var world = StartupWorld([program("a"), program("b", after: 0)], timeout: .seconds(30))
        world.see(untouched("a", "b"))
        let deadline = world.progress.deadline
        let plan = StartupPlan([program("a"), program("b", after: 0), program("c", after: 1)])
        world.adopt(plan, untouched("a", "b", "c"))
        #expect(world.progress.deadline == deadline)
        for name in ["a", "b", "c"] {
            world.see(name, .running(pid: 1))
        }
        world.adopt(
            StartupPlan([program("a"), program("b", after: 0), program("c", after: 1), program("d", after: 2)]),
            running("a", "b", "c") + untouched("d")
        )
        #expect(world.progress.deadline == nil)
        #expect(world.started.last == "d")
    }

    @Test func supervisordIsWokenForWhatIsAwaitedNow() {
        var world = world([program("a", startSeconds: 3)])
        world.see("a", .starting(tries: 0))
        let none = world.progress.nextNudge()
        #expect(none == nil)
        world.adopt(
            StartupPlan([program("a", startSeconds: 3), program("b", after: 0)]),
            [information("a", .starting, started: 1000)] + untouched("b")
        )
        let nudge = world.progress.nextNudge()
        #expect(nudge != nil)
    }

    @Test func aProgramThatNobodyStartedBeforeIsLookedAtFirst() {
        // It was nobody's, so nothing was known of it.
        var world = world([program("a"), program("x", isManaged: false)])
        world.adopt(StartupPlan([program("a"), program("x")]), untouched("a") + running("x"))
        #expect(world.started == ["a"])
    }
}
