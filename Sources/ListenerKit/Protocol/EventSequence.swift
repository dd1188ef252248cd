/// Follows the numbers of events, to find duplicates and gaps.
package struct EventSequence {
    /// The meaning of an event's numbers.
    package enum Verdict: Equatable {
        /// It comes next, or nothing is known because it has no numbers.
        case new
        /// It was received before: supervisord delivers an event once for each overlapping name in `events=`, and again if it
        /// cannot know that the event was handled.
        case duplicate
        /// It is new, and supervisord has discarded so many events before it.
        case afterGap(Int)
        /// It is new, and the numbers start again: the pool is a new one, as after a reload.
        case afterReload
    }

    /// How many events back a duplicate is recognized.
    private static let memory = 256

    private var lastPoolSerial: Int?
    private var highestSerial = -1
    private var recent: [Int] = []
    private var oldest = 0

    /// Begins without any event.
    package init() {}

    /// Returns what the numbers of an event mean, and remembers them.
    package mutating func judge(serial: Int, poolSerial: Int) -> Verdict {
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
        // An event that supervisord puts back into its pool keeps both numbers; only a new pool gives low ones to late events.
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
