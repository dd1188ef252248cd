import ListenerKit

extension Timestamp {
    /// Reads a time in UTC as RFC 3339 writes it, with a fraction of any length: `2026-11-21T05:30:00.123Z`.
    init?(utc text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? { Int(decimal: bytes[range]) }
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19),
            // What is later does not fit into nanoseconds.
            (1970...2261).contains(year), (1...12).contains(month), (1...31).contains(day), (0..<24).contains(hour),
            (0..<60).contains(minute), (0...60).contains(second)
        else {
            return nil
        }
        var nanoseconds = 0
        if bytes.count > 20 {
            let fraction = bytes[20..<(bytes.count - 1)].prefix(9)
            guard bytes[19] == UInt8(ascii: "."), fraction.first != UInt8(ascii: "-"),
                var value = Int(decimal: fraction)
            else {
                return nil
            }
            for _ in fraction.count..<9 {
                value *= 10
            }
            nanoseconds = value
        }
        let seconds = ((Self.day(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
        self.init(nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(nanoseconds))
    }

    /// Returns the number of a day, counted from 1970-01-01; years begin in March, so that a leap day is the last day of its year.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month < 3 ? year - 1 : year
        let dayOfYear = (153 * (month < 3 ? month + 9 : month - 3) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
