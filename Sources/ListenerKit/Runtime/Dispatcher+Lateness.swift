extension Dispatcher {
    /// The consequences of an event that has waited for too long.
    struct Expiry {
        /// The handlers that are late from now on.
        let late: [Int]
        /// The event that they have missed.
        let event: Event
    }

    /// Begins to count how long the last event waits, unless that has begun.
    ///
    /// - Returns: When ``expire(_:at:)`` is due, and the event's number; `nil` if it does not wait.
    mutating func wait(from now: @autoclosure () -> MonotonicTime) -> (deadline: MonotonicTime, number: UInt64)? {
        guard acknowledgement.isPending else {
            return nil
        }
        return acknowledgement.wait(from: now()).map { ($0, acknowledgement.number) }
    }

    /// Lets an event wait no longer for handlers that have held up events for too long.
    ///
    /// - Returns: What is to be reported, and whether the event is to be acknowledged now; `nil` if it does not wait any more.
    mutating func expire(_ number: UInt64, at now: MonotonicTime) -> (report: Expiry?, answer: Step?)? {
        guard let (late, event, isDue) = acknowledgement.expire(number, at: now) else {
            return nil
        }
        var guilty: [Int] = []
        for index in late {
            // Before its first snapshot a handler is given nothing, and has nothing to be blamed for.
            if slots[index].mailbox.isHeld {
                acknowledgement.forgive(index)
            } else {
                guilty.append(index)
            }
        }
        let answer = phase == .running ? Step.acknowledge : .acknowledgeLast
        return (event.map { Expiry(late: guilty, event: $0) }, isDue ? answer : nil)
    }

    /// Whether a handler is late.
    func isLate(_ handler: Int) -> Bool {
        acknowledgement.isLate(handler)
    }
}
