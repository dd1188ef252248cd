#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A moment of the wall clock.
public struct Timestamp: Hashable, Sendable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public let nanoseconds: Int64

    /// Names a moment.
    ///
    /// - Parameter nanoseconds: Nanoseconds since 1970-01-01T00:00:00Z.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The present moment.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var seconds: Int64 {
        nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds + 1) / 1_000_000_000 - 1
    }

    /// The seconds that have passed since an earlier moment; negative where the clock was set back.
    ///
    /// - Parameter earlier: The moment to count from.
    /// - Returns: Seconds, with their fraction.
    public func seconds(since earlier: Timestamp) -> Double {
        Double(nanoseconds &- earlier.nanoseconds) / 1e9
    }

    /// Appends the moment in UTC with milliseconds, as RFC 3339 writes it: `2026-11-21T05:30:00.123Z`.
    ///
    /// - Parameter bytes: Where the 24 bytes go.
    package func append(to bytes: inout [UInt8]) {
        var second = time_t(seconds)
        let millisecond = Int((nanoseconds &- seconds &* 1_000_000_000) / 1_000_000)
        var calendar = tm()
        gmtime_r(&second, &calendar)
        append(Int(calendar.tm_year) + 1900, digits: 4, then: "-", to: &bytes)
        append(Int(calendar.tm_mon) + 1, digits: 2, then: "-", to: &bytes)
        append(Int(calendar.tm_mday), digits: 2, then: "T", to: &bytes)
        append(Int(calendar.tm_hour), digits: 2, then: ":", to: &bytes)
        append(Int(calendar.tm_min), digits: 2, then: ":", to: &bytes)
        append(Int(calendar.tm_sec), digits: 2, then: ".", to: &bytes)
        append(millisecond, digits: 3, then: "Z", to: &bytes)
    }

    private func append(_ value: Int, digits: Int, then separator: Unicode.Scalar, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits {
            divisor *= 10
        }
        while divisor > 0 {
            bytes.append(UInt8(truncatingIfNeeded: 0x30 + value / divisor % 10))
            divisor /= 10
        }
        bytes.append(UInt8(ascii: separator))
    }
}

extension Timestamp: CustomStringConvertible {
    /// The moment in UTC with milliseconds: `2026-11-21T05:30:00.123Z`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
