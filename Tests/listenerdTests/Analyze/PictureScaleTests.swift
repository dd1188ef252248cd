import Testing

@testable import listenerd

/// The time axis of a picture, and its words.
@Suite struct PictureScaleTests {
    @Test(
        arguments: [
            (0.01, ["0 s", "0.002 s", "0.004 s", "0.006 s", "0.008 s", "0.010 s"]),
            (0.5, ["0 s", "0.1 s", "0.2 s", "0.3 s", "0.4 s", "0.5 s"]),
            (1, ["0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s", "1.0 s"]),
            (12.4, ["0 s", "2 s", "4 s", "6 s", "8 s", "10 s", "12 s"]),
            (59, ["0 s", "10 s", "20 s", "30 s", "40 s", "50 s"]),
            (100, ["0 s", "20 s", "40 s", "1 min", "1 min 20 s", "1 min 40 s"]),
            (600, ["0 s", "2 min", "4 min", "6 min", "8 min", "10 min"].enumerated().map { $1 }),
            (5400, ["0 s", "20 min", "40 min", "1 h", "1 h 20 min"]),
            (90000, ["0 s", "5 h", "10 h", "15 h", "20 h", "1 d 1 h"]),
            (400_000, ["0 s", "1 d", "2 d", "3 d", "4 d"]),
        ] as [(Double, [String])]
    )
    func ticksAreRoundNumbersOnAClock(seconds: Double, labels: [String]) {
        let scale = PictureScale(left: 100, width: 700, end: seconds)
        #expect(scale.ticks.map { PictureTime.tick($0, step: scale.step) } == labels)
    }

    @Test(arguments: (0...90).map { Double($0) / 5 - 9 })
    func ticksAreFewForEveryLength(magnitude: Double) {
        var seconds = 1.0
        for _ in 0..<Int(abs(magnitude) * 5) {
            seconds *= magnitude < 0 ? 0.631 : 1.585
        }
        let scale = PictureScale(left: 100, width: 700, end: seconds)
        #expect((1...9).contains(scale.ticks.count), "\(seconds) s: \(scale.ticks)")
        #expect(scale.ticks.allSatisfy { scale.x($0) <= 800.001 })
        #expect(seconds < 0.001 || scale.ticks.count > 2, "\(seconds) s: \(scale.ticks)")
    }

    @Test(
        arguments: [
            (0, "0 s"), (0.0004, "0 s"), (0.003, "0.003 s"), (0.0996, "0.100 s"), (0.25, "0.25 s"), (0.999, "1.0 s"),
            (2.66, "2.7 s"), (59.94, "59.9 s"), (59.96, "1 min"), (125, "2 min 5 s"), (3599.6, "1 h"),
            (7300, "2 h 2 min"), (86399, "1 d"), (100_000, "1 d 4 h"), (1e9, "11574 d 2 h"),
        ] as [(Double, String)]
    )
    func durationsHaveAboutThreeDigits(seconds: Double, text: String) {
        #expect(PictureTime.text(seconds) == text)
    }

    @Test(
        arguments: [
            (0, 100), (5, 450), (10, 800), (-1, 100), (11, 800), (.infinity, 800), (-.infinity, 100), (.nan, 800),
        ] as [(Double, Double)]
    )
    func everyTimeIsOnTheAxis(time: Double, x: Double) {
        #expect(PictureScale(left: 100, width: 700, end: 10).x(time) == x)
    }
}
