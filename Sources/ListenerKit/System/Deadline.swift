/// A deadline on the monotonic clock.
package struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    /// The longest timeout; anything longer than a year is cut to it.
    private static let longest = Duration.seconds(366 * 24 * 60 * 60)

    /// Makes a deadline that is some time away.
    ///
    /// - Parameter duration: The time from now on; with zero or less the deadline has passed already.
    package init(after duration: Duration) {
        instant = ContinuousClock.now + min(max(duration, .zero), Deadline.longest)
    }

    /// Whether the deadline has passed.
    package var hasPassed: Bool {
        remaining <= .zero
    }

    /// The time that is left; zero or less once it has passed.
    package var remaining: Duration {
        instant - ContinuousClock.now
    }

    /// The milliseconds that are left, rounded up, so that a `poll` with this timeout never ends just before the deadline.
    package var milliseconds: Int32 {
        let left = remaining
        guard left > .zero else {
            return 0
        }
        let (seconds, attoseconds) = left.components
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, overflow) = whole.partialValue.addingReportingOverflow(attoseconds / 1_000_000_000_000_000 + 1)
        return whole.overflow || overflow ? .max : Int32(clamping: sum)
    }
}
