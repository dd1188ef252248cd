import Testing

@testable import ListenerKit

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1, "1970-01-01T00:00:00.000Z"),
            (999_999, "1970-01-01T00:00:00.000Z"),
            (1_000_000, "1970-01-01T00:00:00.001Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (-1_000_000_000, "1969-12-31T23:59:59.000Z"),
            (-1_000_000_001, "1969-12-31T23:59:58.999Z"),
            (951_782_400_000_000_000, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199_999_999_999, "2024-02-29T23:59:59.999Z"),
            (1_709_251_200_000_000_000, "2024-03-01T00:00:00.000Z"),
            (4_107_542_399_000_000_000, "2100-02-28T23:59:59.000Z"),
            (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000Z"),
            (1_795_239_000_123_456_789, "2026-11-21T05:30:00.123Z"),
            (.max, "2262-04-11T23:47:16.854Z"),
            (.min, "1677-09-21T00:12:43.145Z"),
        ] as [(Int64, String)]
    )
    func aMomentReadsInUTCWithMilliseconds(nanoseconds: Int64, text: String) {
        #expect(Timestamp(nanoseconds: nanoseconds).description == text)
    }

    @Test(
        arguments: [
            (0, 0), (999_999_999, 0), (1_000_000_000, 1), (-1, -1), (-1_000_000_000, -1), (-1_000_000_001, -2),
        ] as [(Int64, Int64)]
    )
    func secondsAreRoundedDown(nanoseconds: Int64, seconds: Int64) {
        #expect(Timestamp(nanoseconds: nanoseconds).seconds == seconds)
    }

    @Test func aClockThatWasSetBackMakesNegativeSeconds() {
        let early = Timestamp(nanoseconds: 1_000_000_000)
        let late = Timestamp(nanoseconds: 3_500_000_000)
        #expect(late.seconds(since: early) == 2.5)
        #expect(early.seconds(since: late) == -2.5)
        #expect(late.seconds(since: .distantPast) > 9e9)
    }

    @Test(arguments: [(0, 0), (-1, -1_000_000_000), (.max, .max), (.min, .min)] as [(Int, Int64)])
    func wholeSecondsThatDoNotFitBecomeTheNearestTime(seconds: Int, nanoseconds: Int64) {
        #expect(Timestamp(seconds: seconds).nanoseconds == nanoseconds)
    }

    @Test func anEarlierTimeIsLess() {
        let times = [Int64.min, -1, 0, 1, .max].map { Timestamp(nanoseconds: $0) }
        #expect(times.reversed().sorted() == times)
        #expect(!(times[0] < times[0]))
    }

    @Test func nowIsNotBeforeThisWasWritten() {
        #expect(Timestamp.now.description > "2025")
    }
}
