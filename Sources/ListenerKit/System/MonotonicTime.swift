#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A moment on a clock that nobody sets, as a plain number.
///
/// At the public face stands `ContinuousClock.Instant`, whose size only the standard library knows: every copy of an optional
/// one goes through functions, and that costs too much in what runs for each event.
package struct MonotonicTime: Hashable, Sendable {
    /// Nanoseconds since some moment before this process was started.
    package let nanoseconds: Int64

    /// Names a moment.
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Converts a moment of the language's clock, which runs alike.
    package init(_ instant: ContinuousClock.Instant) {
        self = .now + ContinuousClock.now.duration(to: instant)
    }

    /// The present moment.
    package static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Returns how much time lies between this moment and another one; negative if the other one is earlier.
    package func duration(to other: MonotonicTime) -> Duration {
        .nanoseconds(other.nanoseconds &- nanoseconds)
    }

    /// The milliseconds that are left until this moment, rounded up, and 0 once it has passed.
    package var millisecondsLeft: Int32 {
        let left = nanoseconds &- Self.now.nanoseconds
        return left <= 0 ? 0 : Int32(clamping: (left &- 1) / 1_000_000 &+ 1)
    }
}

extension MonotonicTime: Comparable {
    /// Orders moments by time.
    package static func < (one: MonotonicTime, other: MonotonicTime) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    /// Returns a moment that is so much later; the last one that can be named if that is too far away.
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

    /// Moves a moment by some time.
    package static func += (time: inout MonotonicTime, duration: Duration) {
        time = time + duration
    }
}
