import Testing

@testable import ListenerKit

@Suite struct DurationExactSecondsTests {
    private static let durations: [(Duration, String)] = [
        (.zero, "0"),
        (.seconds(2), "2"),
        (.milliseconds(-500), "-0.5"),
        (.nanoseconds(353_047_265), "0.353047265"),
        (.nanoseconds(12_000_000_001), "12.000000001"),
        (Duration(secondsComponent: 1, attosecondsComponent: 1), "1.000000000000000001"),
        (Duration(secondsComponent: 0, attosecondsComponent: -1), "-0.000000000000000001"),
        (.seconds(10_000_000), "10000000"),
    ]

    @Test(arguments: durations)
    func aDurationIsWrittenAndReadWithoutLoss(duration: Duration, text: String) {
        #expect(duration.exactSeconds == text)
        #expect(Duration(exactSeconds: text) == duration)
    }

    @Test func aDurationOfMoreSecondsThanAreReadIsWritten() {
        #expect((.seconds(Int64.max) + Duration.seconds(2.5)).exactSeconds == "9223372036854775809.5")
        #expect((.zero - .seconds(Int64.max) - .seconds(2)).exactSeconds == "-9223372036854775809")
    }

    @Test(arguments: ["", "-", ".", "x", "1.2.3", "1e3", "0.0000000000000000001", "99999999999999999999", " 1", "1.-5"])
    func whatIsNoSuchNumberIsNotRead(text: String) {
        #expect(Duration(exactSeconds: text) == nil)
    }
}
