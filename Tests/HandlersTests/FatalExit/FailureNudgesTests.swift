import ListenerKit
import Testing

@testable import Handlers

@Suite struct FailureNudgesTests {
    private let web = ProcessName(group: "web", process: "web")
    private let now = ContinuousClock.now

    /// When supervisord is woken first after a change; nil where it is not.
    private func first(
        after transition: ProcessStateEvent.Transition,
        startRetries: Int = 3
    ) -> Duration? {
        var nudges = FailureNudges()
        nudges.take(web, transition, startRetries: startRetries, at: now)
        return nudges.next.map { now.duration(to: $0) }
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
        nudges.take(web, .backoff(tries: 3), failedStarts: 4, startRetries: 3, at: now)
        #expect(try now.duration(to: #require(nudges.next)) < .milliseconds(50))
        nudges.take(web, .backoff(tries: 1), failedStarts: 2, startRetries: 3, at: now)
        #expect(try now.duration(to: #require(nudges.next)) > .seconds(2))
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
        nudges.take(web, .starting(tries: 1), startRetries: 3, at: now)
        nudges.take(web, transition, startRetries: 3, at: now)
        #expect(nudges.next == nil)
    }

    @Test func supervisordIsWokenEverMoreRarelyUntilItsOwnClockWillDo() {
        var nudges = FailureNudges()
        nudges.take(web, .starting(tries: 1), startRetries: 3, at: now)
        var last = now
        var count = 0
        while let next = nudges.next {
            #expect(next > last)
            last = next
            nudges.nudged(at: next)
            count += 1
        }
        #expect(now.duration(to: last) > .seconds(30))
        #expect(count < 250)
    }
}
