import ListenerKit
import Testing

@testable import Handlers

@Suite struct FailureNudgesTests {
    private let web = ProcessName(group: "web", process: "web")
    private let now = ContinuousClock.now

    /// When supervisord is first nudged after a change; nil if it is not.
    private func first(
        after transition: ProcessStateEvent.Transition,
        startRetries: Int = 3
    ) -> Duration? {
        var nudges = FailureNudges()
        nudges.apply(transition, to: web, startRetries: startRetries, at: now)
        return nudges.next().map { now.duration(to: $0) }
    }

    @Test func supervisordIsWokenRightAfterATryIsDue() throws {
        let wait = try #require(first(after: .backoff(tries: 2)))
        #expect(wait > .seconds(2))
        #expect(wait < .milliseconds(2050))
    }

    @Test func supervisordIsWokenAtOnceWhereTheTriesAreUsedUp() throws {
        #expect(try #require(first(after: .backoff(tries: 4))) < .milliseconds(50))
    }

    @Test func knownFailedStartsOverrideTheTriesOfTheEvent() throws {
        var nudges = FailureNudges()
        nudges.apply(.backoff(tries: 3), to: web, failedStarts: 4, startRetries: 3, at: now)
        let atOnce = nudges.next()
        #expect(try now.duration(to: #require(atOnce)) < .milliseconds(50))
        nudges.apply(.backoff(tries: 1), to: web, failedStarts: 2, startRetries: 3, at: now)
        let later = nudges.next()
        #expect(try now.duration(to: #require(later)) > .seconds(2))
    }

    @Test func aStartThatMayFailForGoodIsWatched() throws {
        #expect(try #require(first(after: .starting(tries: 1))) < .milliseconds(50))
        #expect(try #require(first(after: .starting(tries: 0), startRetries: 0)) < .milliseconds(50))
        #expect(first(after: .starting(tries: 0)) == nil)
    }

    @Test(
        arguments: [.running(pid: 1), .fatal, .stopped(pid: 0), .stopping(pid: 1)] as [ProcessStateEvent.Transition]
    )
    func nothingIsAwaitedOnceThatIsDecided(transition: ProcessStateEvent.Transition) {
        var nudges = FailureNudges()
        nudges.apply(.starting(tries: 1), to: web, startRetries: 3, at: now)
        nudges.apply(transition, to: web, startRetries: 3, at: now)
        let next = nudges.next()
        #expect(next == nil)
    }

    @Test func supervisordIsWokenEverMoreRarelyUntilItsOwnClockWillDo() {
        var nudges = FailureNudges()
        nudges.apply(.starting(tries: 1), to: web, startRetries: 3, at: now)
        var last = now
        var count = 0
        while let next = nudges.next() {
            #expect(next > last)
            last = next
            nudges.nudged(at: next)
            count += 1
        }
        #expect(now.duration(to: last) > .seconds(30))
        #expect(count < 250)
    }
}
