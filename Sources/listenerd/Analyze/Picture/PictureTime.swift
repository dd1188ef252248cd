/// Seconds as people read them.
enum PictureTime {
    private static let minute = 60.0
    private static let hour = 3600.0
    private static let day = 86400.0

    /// Returns a duration with about three digits: `0.012 s`, `2.5 s`, `3 min 5 s`, `2 h 10 min`.
    static func text(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.0005: "0 s"
        case ..<0.1: "\(decimal(seconds, digits: 3)) s"
        case ..<0.995: "\(decimal(seconds, digits: 2)) s"
        case ..<59.95: "\(decimal(seconds, digits: 1)) s"
        case ..<(hour - 0.5): parts(seconds.rounded(), minute, "min", 1, "s")
        case ..<(day - minute / 2): parts((seconds / minute).rounded() * minute, hour, "h", minute, "min")
        default: parts((seconds / hour).rounded() * hour, day, "d", hour, "h")
        }
    }

    /// Returns a time on an axis.
    ///
    /// - Parameters:
    ///   - seconds: The time: a multiple of `step`.
    ///   - step: The seconds from one tick to the next.
    /// - Returns: The time: `0.2 s`, `20 s`, `1 h 30 min`.
    static func tick(_ seconds: Double, step: Double) -> String {
        if seconds >= minute, step >= 1 {
            return seconds < hour
                ? parts(seconds, minute, "min", 1, "s")
                : seconds < day ? parts(seconds, hour, "h", minute, "min") : parts(seconds, day, "d", hour, "h")
        }
        var digits = 0
        var unit = 1.0
        while unit > step * 1.001, digits < 6 {
            unit /= 10
            digits += 1
        }
        return seconds == 0 ? "0 s" : "\(decimal(seconds, digits: digits)) s"
    }

    /// Returns a number with some digits behind its point.
    private static func decimal(_ number: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((number * Double(scale)).rounded())
        guard digits > 0 else {
            return String(scaled)
        }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
    }

    /// Returns a number of seconds in two units.
    private static func parts(
        _ seconds: Double,
        _ large: Double,
        _ largeName: String,
        _ small: Double,
        _ smallName: String
    ) -> String {
        let count = (seconds / large).rounded(.down)
        let rest = Int(((seconds - count * large) / small).rounded())
        return "\(Int(count)) \(largeName)" + (rest == 0 ? "" : " \(rest) \(smallName)")
    }
}
