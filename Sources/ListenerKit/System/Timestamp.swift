import Glibc

/// A time of the wall clock, with a resolution of nanoseconds.
public struct Timestamp: Hashable, Sendable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public let nanoseconds: Int64

    /// Makes a timestamp.
    ///
    /// - Parameter nanoseconds: Nanoseconds since 1970-01-01T00:00:00Z.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes a timestamp from whole seconds; one that does not fit becomes the first or the last that does.
    ///
    /// - Parameter seconds: Seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int) {
        let (nanoseconds, overflows) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        self.nanoseconds = overflows ? (seconds < 0 ? .min : .max) : nanoseconds
    }

    /// The first timestamp, which is earlier than any time of a process.
    package static let distantPast = Timestamp(nanoseconds: .min)

    /// The present time.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var seconds: Int64 {
        nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds + 1) / 1_000_000_000 - 1
    }

    /// Returns the seconds that have passed since an earlier time; negative if the clock was set back.
    ///
    /// - Parameter earlier: The time to count from.
    /// - Returns: The seconds, with their fraction.
    public func seconds(since earlier: Timestamp) -> Double {
        let (difference, overflows) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return (overflows ? Double(nanoseconds) - Double(earlier.nanoseconds) : Double(difference)) / 1e9
    }

    /// Appends the time in UTC with milliseconds, in the form of RFC 3339: `2026-11-21T05:30:00.123Z`.
    ///
    /// - Parameter bytes: The array to which the 24 bytes are appended.
    package func append(to bytes: inout [UInt8]) {
        let (days, second) = Int(seconds).quotientAndRemainder(flooringBy: 86400)
        let date = Self.date(ofDay: days)
        var text = InlineArray<24, UInt8>(repeating: UInt8(ascii: "-"))
        func put(_ value: Int, in places: Range<Int>, then separator: Unicode.Scalar) {
            var value = value
            var place = places.upperBound
            while place > places.lowerBound {
                place -= 1
                text[place] = UInt8(truncatingIfNeeded: 0x30 + value % 10)
                value /= 10
            }
            text[places.upperBound] = UInt8(ascii: separator)
        }
        put(date.year, in: 0..<4, then: "-")
        put(date.month, in: 5..<7, then: "-")
        put(date.day, in: 8..<10, then: "T")
        put(second / 3600, in: 11..<13, then: ":")
        put(second / 60 % 60, in: 14..<16, then: ":")
        put(second % 60, in: 17..<19, then: ".")
        put(Int((nanoseconds &- seconds &* 1_000_000_000) / 1_000_000), in: 20..<23, then: "Z")
        text.span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Returns the date of a day, counted from 1970-01-01, in a calendar that repeats after 400 years, or 146,097 days.
    ///
    /// Years begin in March here, so that a leap day is the last day of its year. The C library takes several times as long.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(flooringBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            year: era * 400 + yearOfEra + (month < 10 ? 0 : 1),
            month: month < 10 ? month + 3 : month - 9,
            day: dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}

extension Int {
    /// Returns the quotient rounded down, and a remainder that is never negative.
    fileprivate func quotientAndRemainder(flooringBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Timestamp: Comparable {
    /// Returns whether one time is earlier than another.
    public static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.nanoseconds < other.nanoseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// The time in UTC with milliseconds: `2026-11-21T05:30:00.123Z`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
