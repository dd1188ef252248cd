import ListenerKit
import Testing

@testable import Handlers

/// What becomes of programs whose group is added anew, as by `supervisorctl update`.
@Suite struct StartupGroupTests: StartupWriting {
    /// Two programs that are up, and one that waits for them.
    private func upWorld(_ policy: FailurePolicy = .wait, timeout: Duration? = nil) -> StartupWorld {
        var world = StartupWorld([program("a"), program("b", after: 0)], policy: policy, timeout: timeout)
        world.see(untouched("a", "b"))
        for name in ["a", "b"] {
            world.see(name, .starting(tries: 0))
            world.see(name, .running(pid: 1))
        }
        #expect(world.started == ["a", "b"])
        world.started = []
        world.said = []
        return world
    }

    @Test func programsOfAReaddedGroupStartInOrder() {
        var world = upWorld()
        for name in ["a", "b"] {
            world.see(name, .stopped(pid: 1))
            world.add(group: name)
            #expect(world.progress.lastUncertainty != nil)
        }
        world.see(untouched("a", "b"))
        #expect(world.started == ["a"])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "b"])
        #expect(world.said.isEmpty)
    }

    @Test func programsOfAReaddedGroupStartAfterALostEvent() {
        var world = upWorld()
        world.now += .milliseconds(1)
        world.see(untouched("a", "b"))
        #expect(world.started == ["a"])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "b"])
        #expect(world.said.isEmpty)
    }

    @Test func startsAfterTheSnapshotRequestAreNotRepeated() {
        var world = upWorld()
        world.now += .milliseconds(1)
        let asked = world.now
        world.now += .milliseconds(1)
        for name in ["a", "b"] {
            world.see(name, .starting(tries: 0))
        }
        let old = untouched("a", "b")
        world.see(old, asked: asked)
        #expect(world.started.isEmpty)
    }

    /// They may be delivered after supervisord was asked, because it keeps events for a listener that is busy.
    @Test(arguments: [true, false])
    func lateEventsOfAProcessThatIsNoLongerThereStartNothingAndKeepNothingBack(areLater: Bool) {
        var world = upWorld()
        world.now += .milliseconds(1)
        let asked = world.now
        if areLater {
            world.see(untouched("a", "b"), asked: asked)
            #expect(world.started == ["a"])
        }
        world.now += .milliseconds(1)
        world.see("b", .stopping(pid: 1), from: .running)
        world.see("b", .stopped(pid: 1), from: .stopping)
        if !areLater {
            world.see(untouched("a", "b"), asked: asked)
            #expect(world.started == ["a"])
        }
        world.now += .seconds(2)
        world.see([information("a", .starting, started: 900)] + untouched("b"))
        #expect(world.started == ["a"])
        world.see("a", .running(pid: 2), from: .starting)
        #expect(world.started == ["a", "b"])
    }

    @Test func lateEventsOfAParentThatIsNoLongerThereSetNobodyFree() {
        var world = StartupWorld([program("a"), program("b", after: 0), program("c", after: 1)])
        world.see(untouched("a", "b", "c"))
        world.see("b", .stopping(pid: 1), from: .running)
        #expect(world.started == ["a"])
    }

    @Test func aStartThatWasRefusedIsTriedAgainAfterALoss() {
        var world = StartupWorld([program("a")])
        world.see(untouched("a"))
        world.refuse("a", "NO_FILE: /bin/a")
        world.see(untouched("a"), .lostEvents(count: 1))
        #expect(world.started == ["a", "a"])
    }

    @Test func refusedStartsAreNotRetriedAtEverySnapshot() {
        var world = StartupWorld([program("a")])
        world.see(untouched("a"))
        world.refuse("a", "NO_FILE: /bin/a")
        world.now += .seconds(1)
        world.see(untouched("a"))
        #expect(world.started == ["a"])
    }

    @Test func aSnapshotFromBeforeTellsNothing() {
        var world = upWorld()
        let asked = world.now
        world.add(group: "b")
        let old = [information("a", .running, started: 900), information("b", .stopped, started: 900, stopped: 950)]
        world.see(old, asked: asked)
        #expect(world.started.isEmpty && world.requestedSnapshots == [.milliseconds(100)])
        world.see([information("a", .running, started: 900)] + untouched("b"))
        #expect(world.started == ["b"])
    }

    @Test func aSnapshotFromBeforeNamesNothingThatIsGone() {
        var world = upWorld()
        let asked = world.now
        world.add(group: "b")
        let old = [information("b", .stopped, started: 900, stopped: 950)]
        world.see(old, asked: asked)
        #expect(world.requestedSnapshots.count == 1)
        let said = world.said.count
        // It may be about to come back.
        world.see(old)
        #expect(world.said.count == said && world.requestedSnapshots.count == 2)
        world.see(old)
        #expect(world.said.last?.hasPrefix("supervisord does not know a") == true)
    }

    @Test func dependenciesThatStillRunAreNotAwaitedAgain() {
        var world = upWorld()
        world.see("a", .stopped(pid: 1))
        world.add(group: "b")
        world.see([information("a", .stopped, started: 900, stopped: 950)] + untouched("b"))
        #expect(world.started == ["b"])
    }

    @Test func dependentsOfAReaddedGroupAreLeftAlone() {
        var world = upWorld()
        world.add(group: "a")
        world.see(untouched("a") + [information("b", .running, started: 900)])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a"])
    }

    @Test func aParentThatSupervisordHasStartedAnewIsAwaitedAgain() {
        var world = StartupWorld([program("a", isManaged: false), program("b", after: 0)])
        world.see([information("a", .running, started: 900)] + untouched("b"))
        world.add(group: "a")
        world.add(group: "b")
        world.see("b", .starting(tries: 0))
        world.add(group: "b")
        world.started = []
        world.see([information("a", .starting, started: 1000)] + untouched("b"))
        #expect(world.started.isEmpty)
        world.see("a", .running(pid: 2))
        #expect(world.started == ["b"])
    }

    @Test func aGroupThatSupervisordHasBegunWithMayBeHeardOfLate() {
        var world = StartupWorld([program("a", startSeconds: 0), program("b", after: 0)])
        world.see(untouched("a", "b"))
        #expect(world.started == ["a"])
        // What is asked for comes after that, so nothing is in doubt.
        world.add(group: "a")
        #expect(world.progress.lastUncertainty == nil)
        world.see(untouched("a", "b"))
        world.see([information("a", .exited, started: 900)] + untouched("b"))
        #expect(world.started == ["a", "b"])
        world.add(group: "a")
        world.see([information("a", .exited, started: 900)] + untouched("b"))
        #expect(world.started == ["a", "b"])
    }

    @Test func aStartThatWasRefusedIsTriedAgain() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.refuse("a", "NO_FILE: /bin/a")
        world.add(group: "a")
        world.see(untouched("a", "b"))
        #expect(world.started == ["a", "a"])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "a", "b"])
    }

    @Test func aProgramThatWasGivenUpIsStartedAndTheRestGoesOn() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.see("a", .fatal)
        world.add(group: "a")
        world.see(untouched("a", "b"))
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "a", "b"])
    }

    @Test func readdedGroupsHaveNoTimeout() {
        var world = upWorld(.exit, timeout: .seconds(30))
        world.now += .seconds(3600)
        for name in ["a", "b"] {
            world.add(group: name)
        }
        world.see(untouched("a", "b"))
        #expect(world.progress.deadline == nil)
        world.checkDeadline(after: .zero)
        #expect(world.said.isEmpty)
    }

    @Test(arguments: ["b", "other"])
    func unstartedAndUnknownGroupsAreNoNews(group: String) {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.add(group: group)
        #expect(world.progress.lastUncertainty == nil)
    }
}
