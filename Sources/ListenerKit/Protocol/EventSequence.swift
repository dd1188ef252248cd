/// Watches the numbers of events, to find those that come twice and those that never came.
struct EventSequence {
    /// What a number tells about its event.
    enum Verdict: Equatable {
        /// It comes next, or nothing can be said because it has no numbers.
        case new
        /// It was here before: supervisord delivers an event once for each overlapping name in `events=`, and again where
        /// it cannot know that it was handled.
        case duplicate
        /// It is new, and so many before it were discarded by supervisord.
        case afterGap(Int)
        /// It is new, and the numbers began anew: the pool was made anew, as a reload does.
        case afterReload
    }

    /// So many events back a duplicate is recognised.
    private static let memory = 256

    private var lastPoolSerial: Int?
    private var highestSerial = -1
    private var recent: [Int] = []
    private var oldest = 0

    /// Judges an event, and remembers it.
    mutating func judge(serial: Int, poolSerial: Int) -> Verdict {
        guard serial >= 0, poolSerial >= 0 else {
            return .new
        }
        let isLatest = serial > highestSerial
        if !isLatest, recent.contains(serial) {
            return .duplicate
        }
        highestSerial = max(highestSerial, serial)
        remember(serial)
        guard let last = lastPoolSerial else {
            lastPoolSerial = poolSerial
            return .new
        }
        if poolSerial > last {
            lastPoolSerial = poolSerial
            return poolSerial == last + 1 ? .new : .afterGap(poolSerial - last - 1)
        }
        // What supervisord puts back into a pool keeps both of its numbers; only a new pool gives low ones to late events.
        if isLatest || poolSerial == 0 {
            lastPoolSerial = poolSerial
            return .afterReload
        }
        return .new
    }

    private mutating func remember(_ serial: Int) {
        if recent.count < Self.memory {
            recent.append(serial)
        } else {
            recent[oldest] = serial
            oldest = (oldest + 1) % Self.memory
        }
    }
}
