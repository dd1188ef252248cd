/// Where a time stands on the axis.
struct PictureScale {
    /// The least distance of two ticks.
    private static let tickDistance = 84.0
    /// The steps between ticks from a second on: those of a clock, as near to 1, 2, 5 as it goes.
    private static let clockSteps: [Double] = [
        1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 43200, 86400,
    ]

    /// Where the startup begins.
    let left: Double
    /// The length of the axis.
    let width: Double
    /// The seconds that the axis is long.
    let seconds: Double

    /// Returns where a time stands; those before the axis and after it stand at its ends.
    func x(_ time: Double) -> Double {
        left + time.clamped(to: seconds) / seconds * width
    }

    /// The seconds from one tick to the next: 1, 2, or 5 times a power of ten, or what is round on a clock.
    var step: Double {
        let least = seconds * Self.tickDistance / width
        if let step = Self.clockSteps.first(where: { $0 >= least }), least > 0.5 {
            return step
        }
        // From the smallest step upwards, or in days from the longest of a clock.
        var unit = least > 0.5 ? Self.clockSteps.last ?? 1 : 0.000_001
        while true {
            for factor in [1.0, 2, 5] where unit * factor >= least {
                return unit * factor
            }
            unit *= 10
        }
    }

    /// The times of the ticks, from 0 to the end of the axis.
    var ticks: [Double] {
        let step = step
        let count = Int((seconds / step * 1.000_001).rounded(.down))
        return (0...max(count, 0)).map { Double($0) * step }
    }
}
