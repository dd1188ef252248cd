import Glibc

/// A time of the monotonic clock, as a plain number.
///
/// Public declarations have `ContinuousClock.Instant` instead. Only the standard library knows its size, so that each copy of an
/// optional one takes function calls, which cost too much in code that runs for each event.
package struct MonotonicTime: Hashable, Sendable {
    /// Nanoseconds since the machine was booted.
    package let nanoseconds: Int64

    /// Makes a time.
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Converts a time of `ContinuousClock`, which is the same clock.
    package init(_ instant: ContinuousClock.Instant) {
        self = .now + ContinuousClock.now.duration(to: instant)
    }

    /// The present time.
    package static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Returns the duration from this time to another one; negative if the other one is earlier.
    package func duration(to other: MonotonicTime) -> Duration {
        .nanoseconds(other.nanoseconds &- nanoseconds)
    }

    /// The milliseconds that are left until this time, rounded up; 0 if it has passed.
    package var millisecondsLeft: Int32 {
        let left = nanoseconds &- Self.now.nanoseconds
        return left <= 0 ? 0 : Int32(clamping: (left &- 1) / 1_000_000 &+ 1)
    }
}

extension MonotonicTime: Comparable {
    /// Returns whether one time is earlier than another.
    package static func < (one: MonotonicTime, other: MonotonicTime) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    /// Returns the time after a duration; the last one that can be represented if that is too far away.
    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (seconds, attoseconds) = duration.components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (length, overflows) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        let (sum, isTooLate) = time.nanoseconds.addingReportingOverflow(length)
        guard !isTooLong, !overflows, !isTooLate else {
            return MonotonicTime(nanoseconds: seconds < 0 ? .min : .max)
        }
        return MonotonicTime(nanoseconds: sum)
    }

    /// Adds a duration to a time.
    package static func += (time: inout MonotonicTime, duration: Duration) {
        time = time + duration
    }
}
