import ListenerKit

/// Writes the times of lines; within a second it only replaces the milliseconds.
struct LogClock {
    /// The position of the milliseconds in `2026-11-21T05:30:00.123Z`.
    private static let milliseconds = 20..<23

    /// The second of the last time.
    private var second = Int64.min
    /// The last time, as it was written.
    private var text: [UInt8] = []

    /// Appends a time in UTC with milliseconds, as RFC 3339 writes it.
    ///
    /// - Parameters:
    ///   - time: The time.
    ///   - line: Where the 24 bytes go.
    mutating func append(_ time: Timestamp, to line: inout [UInt8]) {
        let second = time.seconds
        if second != self.second {
            text.removeAll(keepingCapacity: true)
            time.append(to: &text)
            self.second = second
        } else {
            var rest = (time.nanoseconds &- second &* 1_000_000_000) / 1_000_000
            for position in Self.milliseconds.reversed() {
                text[position] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                rest /= 10
            }
        }
        line.append(contentsOf: text)
    }
}
