import Testing

@testable import ListenerKit

@Suite struct MonotonicTimeTests {
    private let time = MonotonicTime(nanoseconds: 1_000_000_000)

    @Test(arguments: [
        (Duration.zero, Int64(1_000_000_000)), (.nanoseconds(1), 1_000_000_001), (.seconds(-2), -1_000_000_000),
        (.milliseconds(1500), 2_500_000_000), (.nanoseconds(-1), 999_999_999),
    ])
    func durationsAreAdded(duration: Duration, nanoseconds: Int64) {
        let sum = time + duration
        #expect(sum.nanoseconds == nanoseconds)
        #expect(time.duration(to: sum) == duration)
    }

    @Test(arguments: [
        (Duration.seconds(Int64.max), Int64.max), (.seconds(9_223_372_036), .max), (.seconds(Int64.min), .min),
    ])
    func timesThatAreTooFarAwayAreTheLastOnes(duration: Duration, nanoseconds: Int64) {
        #expect((time + duration).nanoseconds == nanoseconds)
    }

    @Test func theLanguagesClockRunsAlike() {
        let before = MonotonicTime.now
        let converted = MonotonicTime(ContinuousClock.now)
        #expect(converted >= before)
        #expect(converted <= .now)
        #expect(MonotonicTime(.now + .seconds(3600)) > .now + .seconds(3590))
    }

    @Test func millisecondsAreRoundedUpAndNeverNegative() {
        #expect((MonotonicTime.now + .seconds(-1)).millisecondsLeft == 0)
        #expect((MonotonicTime.now + .seconds(3600)).millisecondsLeft > 3_500_000)
        #expect(MonotonicTime(nanoseconds: .max).millisecondsLeft == .max)
    }
}
