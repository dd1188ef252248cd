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
            let isNews = world.progress.groupAdded(name)
            #expect(isNews)
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
        world.carryOut(world.progress.take(old, asked: asked, at: world.now))
        #expect(world.started.isEmpty)
    }

    /// They may be delivered after supervisord was asked, because it keeps events for a listener that is busy.
    @Test(arguments: [true, false])
    func lateEventsOfAProcessThatIsNoLongerThereStartNothingAndKeepNothingBack(areLater: Bool) {
        var world = upWorld()
        world.now += .milliseconds(1)
        let asked = world.now
        if areLater {
            world.carryOut(world.progress.take(untouched("a", "b"), asked: asked, at: world.now))
            #expect(world.started == ["a"])
        }
        world.now += .milliseconds(1)
        world.see("b", .stopping(pid: 1), from: .running)
        world.see("b", .stopped(pid: 1), from: .stopping)
        if !areLater {
            world.carryOut(world.progress.take(untouched("a", "b"), asked: asked, at: world.now))
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
        let refused = ProcessName(group: "a", process: "a")
        world.carryOut(world.progress.startRefused(refused, "NO_FILE: /bin/a", at: world.now))
        world.progress.suspectRefusals()
        world.see(untouched("a"))
        #expect(world.started == ["a", "a"])
    }

    @Test func refusedStartsAreNotRetriedAtEverySnapshot() {
        var world = StartupWorld([program("a")])
        world.see(untouched("a"))
        let refused = ProcessName(group: "a", process: "a")
        world.carryOut(world.progress.startRefused(refused, "NO_FILE: /bin/a", at: world.now))
        world.now += .seconds(1)
        world.see(untouched("a"))
        #expect(world.started == ["a"])
    }

    @Test func aSnapshotFromBeforeTellsNothing() {
        var world = upWorld()
        _ = world.progress.groupAdded("b")
        let old = [information("a", .running, started: 900), information("b", .stopped, started: 900, stopped: 950)]
        #expect(world.progress.take(old, asked: world.now, at: world.now, settlesDoubts: false).isEmpty)
        world.see([information("a", .running, started: 900)] + untouched("b"))
        #expect(world.started == ["b"])
    }

    @Test func aSnapshotFromBeforeNamesNothingThatIsGone() {
        var world = upWorld()
        _ = world.progress.groupAdded("b")
        let old = [information("b", .stopped, started: 900, stopped: 950)]
        #expect(world.progress.take(old, asked: world.now, at: world.now, settlesDoubts: false).isEmpty)
        let said = world.said.count
        // It may be about to come back.
        world.see(old)
        #expect(world.said.count == said && world.progress.wantsSnapshot)
        world.see(old)
        #expect(world.said.last?.hasPrefix("supervisord does not know a") == true)
    }

    @Test func dependenciesThatStillRunAreNotAwaitedAgain() {
        var world = upWorld()
        world.see("a", .stopped(pid: 1))
        _ = world.progress.groupAdded("b")
        world.see([information("a", .stopped, started: 900, stopped: 950)] + untouched("b"))
        #expect(world.started == ["b"])
    }

    @Test func dependentsOfAReaddedGroupAreLeftAlone() {
        var world = upWorld()
        _ = world.progress.groupAdded("a")
        world.see(untouched("a") + [information("b", .running, started: 900)])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a"])
    }

    @Test func aParentThatSupervisordHasStartedAnewIsAwaitedAgain() {
        var world = StartupWorld([program("a", isManaged: false), program("b", after: 0)])
        world.see([information("a", .running, started: 900)] + untouched("b"))
        _ = world.progress.groupAdded("a")
        _ = world.progress.groupAdded("b")
        world.see("b", .starting(tries: 0))
        _ = world.progress.groupAdded("b")
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
        let isNews = world.progress.groupAdded("a")
        #expect(!isNews)
        world.see(untouched("a", "b"))
        world.see([information("a", .exited, started: 900)] + untouched("b"))
        #expect(world.started == ["a", "b"])
        _ = world.progress.groupAdded("a")
        world.see([information("a", .exited, started: 900)] + untouched("b"))
        #expect(world.started == ["a", "b"])
    }

    @Test func aStartThatWasRefusedIsTriedAgain() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        let refused = ProcessName(group: "a", process: "a")
        world.carryOut(world.progress.startRefused(refused, "NO_FILE: /bin/a", at: world.now))
        _ = world.progress.groupAdded("a")
        world.see(untouched("a", "b"))
        #expect(world.started == ["a", "a"])
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "a", "b"])
    }

    @Test func aProgramThatWasGivenUpIsStartedAndTheRestGoesOn() {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.see("a", .fatal)
        _ = world.progress.groupAdded("a")
        world.see(untouched("a", "b"))
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "a", "b"])
    }

    @Test func readdedGroupsHaveNoTimeout() {
        var world = upWorld(.exit, timeout: .seconds(30))
        world.now += .seconds(3600)
        for name in ["a", "b"] {
            _ = world.progress.groupAdded(name)
        }
        world.see(untouched("a", "b"))
        #expect(world.progress.deadline == nil)
        world.carryOut(world.progress.checkDeadline(at: world.now))
        #expect(world.said.isEmpty)
    }

    @Test(arguments: ["b", "other"])
    func unstartedAndUnknownGroupsAreNoNews(group: String) {
        var world = StartupWorld([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        let isNews = world.progress.groupAdded(group)
        #expect(!isNews)
    }
}
