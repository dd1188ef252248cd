/// Where a time is on the axis.
struct PictureScale {
    /// The least distance of two ticks.
    private static let tickDistance = 84.0
    /// The steps between ticks from a second on: those of a clock, as near to 1, 2, 5 as it goes.
    private static let clockSteps: [Double] = [
        1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 43200, 86400,
    ]
    /// The least length of the axis in seconds.
    private static let leastSeconds = 0.001

    /// Where the startup begins.
    let left: Double
    /// The length of the axis.
    let width: Double
    /// When the startup ends, in seconds.
    let end: Double

    /// The seconds that the axis is long.
    private var seconds: Double { max(end, Self.leastSeconds) }

    /// Returns where a time is; those before the axis and after it are at its ends.
    func x(_ time: Double) -> Double {
        left + time.clamped(to: end) / seconds * width
    }

    /// The seconds from one tick to the next: 1, 2, or 5 times a power of ten, or what is round on a clock.
    var step: Double {
        let least = seconds * Self.tickDistance / width
        if least > 0.5, let step = Self.clockSteps.first(where: { $0 >= least }) {
            return step
        }
        // Shorter than a second, or longer than a day.
        var unit = least > 0.5 ? Self.clockSteps.last ?? 1 : 0.000_01
        while unit * 5 < least {
            unit *= 10
        }
        return [unit, unit * 2].first { $0 >= least } ?? unit * 5
    }

    /// The times of the ticks, from 0 to the end of the axis.
    var ticks: [Double] {
        let step = step
        return (0...Int((seconds / step * 1.000_001).rounded(.down))).map { Double($0) * step }
    }
}
