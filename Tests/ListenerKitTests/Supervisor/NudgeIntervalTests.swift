import Testing

@testable import ListenerKit

/// How often supervisord is nudged.
@Suite struct NudgeIntervalTests {
    @Test(arguments: [(0, 10), (320, 10), (640, 20), (32_000, 1000)])
    func intervalGrowsWithTheElapsedTime(elapsed: Int, interval: Int) {
        #expect(NudgeInterval.after(.milliseconds(elapsed)) == .milliseconds(interval))
    }

    @Test func theLeastCanBeLess() {
        #expect(NudgeInterval.after(.milliseconds(64), atLeast: .milliseconds(5)) == .milliseconds(5))
        #expect(NudgeInterval.after(.milliseconds(320), atLeast: .milliseconds(5)) == .milliseconds(10))
    }

    @Test func afterHalfAMinuteSupervisordsOwnClockDoesAsWell() {
        let beginning = ContinuousClock.now
        #expect(NudgeInterval.next(after: beginning, since: beginning) == beginning + .milliseconds(10))
        let last = beginning + .milliseconds(3200)
        #expect(NudgeInterval.next(after: last, since: beginning) == last + .milliseconds(100))
        #expect(NudgeInterval.next(after: beginning + .seconds(32), since: beginning) == nil)
    }
}
