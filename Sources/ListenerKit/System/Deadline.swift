/// The moment by which something must be done, on a clock that nobody sets.
package struct Deadline: Sendable {
    private let moment: ContinuousClock.Instant

    /// The longest time that is counted; a year and more is as good as forever.
    private static let longest = Duration.seconds(366 * 24 * 60 * 60)

    /// Sets a deadline.
    ///
    /// - Parameter duration: How far away it is; one that is not above zero has passed already.
    package init(after duration: Duration) {
        moment = ContinuousClock.now + min(max(duration, .zero), Deadline.longest)
    }

    /// Whether it is too late.
    package var hasPassed: Bool {
        remaining <= .zero
    }

    /// How much time is left; zero and less once it has passed.
    package var remaining: Duration {
        moment - ContinuousClock.now
    }

    /// How much time is left in the unit of `poll`, rounded up, so that a wait never ends just before the deadline.
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
