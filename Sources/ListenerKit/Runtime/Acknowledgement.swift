/// Which handlers the acknowledgement of the last event waits for, and which are late, so that no event waits for them.
///
/// A handler is late once an event was acknowledged without it, until it has handled all that is in its mailbox. This type does
/// no I/O, and is told what time it is; handlers are indices.
struct Acknowledgement {
    private struct Attendance {
        /// Whether the last event waits for this handler.
        var isAwaited = false
        /// The event that was acknowledged without this handler; `nil` if it is not late.
        var missedEvent: Event?
        var holdUp = HoldUp()
    }

    /// The consequences of a handler's return.
    enum Progress {
        /// Nothing waits for it.
        case irrelevant
        /// The last event can be acknowledged now.
        case completesEvent
        /// It may have caught up, if its mailbox is empty.
        case mayHaveCaughtUp
    }

    /// The number of the last event among those that were received.
    private(set) var number: UInt64 = 0
    /// The last event, while handlers have it and it is not acknowledged.
    private var event: Event?
    /// How many handlers the last event waits for; `nil` if it is acknowledged.
    private var outstanding: Int?
    /// Since when the last event has been waiting; `nil` as long as that is not worth counting.
    private var waitingSince: MonotonicTime?
    /// How long events may wait for a handler.
    private let limit: Duration
    private var attendances: [Attendance]

    /// Begins without an event.
    ///
    /// - Parameters:
    ///   - count: How many handlers there are.
    ///   - limit: How long events may wait for one of them.
    init(handlers count: Int, limit: Duration) {
        self.limit = limit
        attendances = Array(repeating: Attendance(), count: count)
    }

    /// Whether an event was received that is not acknowledged.
    var isPending: Bool { outstanding != nil }

    /// Whether the last event waits for no handler any more, and is not acknowledged.
    var isDue: Bool { outstanding == 0 }

    /// Begins an event that waits for all handlers that want it and are not late.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - isWanted: Whether a handler wants it.
    /// - Returns: Its number.
    mutating func begin(_ event: Event, where isWanted: (Int) -> Bool) -> UInt64 {
        var count = 0
        for index in attendances.indices where attendances[index].missedEvent == nil && isWanted(index) {
            attendances[index].isAwaited = true
            count += 1
        }
        number &+= 1
        self.event = event
        outstanding = count
        waitingSince = nil
        return number
    }

    /// Counts a handler as done with something.
    ///
    /// - Parameters:
    ///   - number: The number of the event; 0 if it was none.
    ///   - handler: The handler's index.
    ///   - now: The present moment; it is asked for only if the event waits.
    /// - Returns: What follows.
    mutating func finish(_ number: UInt64, by handler: Int, at now: @autoclosure () -> MonotonicTime) -> Progress {
        guard attendances[handler].missedEvent == nil else {
            return .mayHaveCaughtUp
        }
        guard self.number == number, attendances[handler].isAwaited, let count = outstanding else {
            return .irrelevant
        }
        attendances[handler].isAwaited = false
        if let waitingSince {
            attendances[handler].holdUp.add(from: waitingSince, to: now(), limit: limit)
        }
        outstanding = count - 1
        return count == 1 ? .completesEvent : .irrelevant
    }

    /// Counts the event as acknowledged if it is due.
    ///
    /// - Returns: Whether it is to be acknowledged now.
    mutating func complete() -> Bool {
        guard isDue else {
            return false
        }
        outstanding = nil
        event = nil
        return true
    }

    /// Begins to count how long the last event waits, unless that has begun.
    ///
    /// - Parameter now: The present moment.
    /// - Returns: When ``expire(_:at:)`` is due: as soon as one of the handlers has held up events for too long; `nil` if the
    ///   event does not wait.
    mutating func wait(from now: MonotonicTime) -> MonotonicTime? {
        guard outstanding != nil else {
            return nil
        }
        let start = waitingSince ?? now
        waitingSince = start
        let allowances = attendances.filter { $0.isAwaited }.map { $0.holdUp.allowance(at: start, limit: limit) }
        return start + (allowances.min() ?? limit)
    }

    /// Lets an event wait no longer for handlers that have held up events for too long.
    ///
    /// These are late. The event counts as acknowledged if it waits for no others.
    ///
    /// - Parameters:
    ///   - number: The event's number.
    ///   - now: The present moment.
    /// - Returns: The handlers that are late from now on, the event, and whether it is to be acknowledged now; `nil` if it was
    ///   acknowledged before.
    mutating func expire(_ number: UInt64, at now: MonotonicTime) -> (late: [Int], event: Event?, isDue: Bool)? {
        guard self.number == number, let count = outstanding else {
            return nil
        }
        let start = waitingSince ?? now
        let late = attendances.indices.filter { index in
            attendances[index].isAwaited
                && attendances[index].holdUp.allowance(at: start, limit: limit) <= start.duration(to: now)
        }
        for index in late {
            attendances[index].isAwaited = false
            attendances[index].missedEvent = event
            attendances[index].holdUp.add(from: start, to: now, limit: limit)
        }
        let latest = event
        outstanding = count - late.count
        return (late, latest, complete())
    }

    /// Forgets how long a handler has held up events, because it was not its fault.
    mutating func forgive(_ handler: Int) {
        attendances[handler].holdUp = HoldUp()
    }

    /// Counts a handler as late no longer, because it has handled all that was in its mailbox.
    ///
    /// - Returns: Whether it was late.
    mutating func catchUp(_ handler: Int) -> Bool {
        attendances[handler].missedEvent.take() != nil
    }

    /// Whether a handler is late.
    func isLate(_ handler: Int) -> Bool {
        attendances[handler].missedEvent != nil
    }

    /// Returns the event that a handler has missed, or that waits for it; `nil` if it has missed none, and none waits.
    func event(awaiting handler: Int) -> Event? {
        attendances[handler].missedEvent ?? (attendances[handler].isAwaited ? event : nil)
    }
}
