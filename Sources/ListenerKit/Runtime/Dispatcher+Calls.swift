extension Dispatcher {
    /// The consequences of a call.
    struct Outcome {
        /// Whether the last event can be acknowledged now.
        var completesEvent = false
        /// Whether the handler was late, and is no more.
        var hasCaughtUp = false
        /// How many deliveries its mailbox has dropped, if that is to be reported now.
        var overflow = 0
    }

    /// Returns the next call, of a handler that is at no other; handlers take turns.
    ///
    /// - Returns: The call, to be followed by ``finish(callOf:_:succeeds:at:)``; `nil` if there is none.
    mutating func nextCall() -> Call? {
        guard phase != .finished else {
            return nil
        }
        for _ in slots.indices {
            lastCalled = lastCalled + 1 < slots.count ? lastCalled + 1 : 0
            if slots[lastCalled].isReady {
                let isNew = slots[lastCalled].state == .new
                slots[lastCalled].state = .busy
                return Call(handler: lastCalled, delivery: isNew ? nil : slots[lastCalled].mailbox.popFirst())
            }
        }
        return nil
    }

    /// Counts a call as finished.
    ///
    /// - Parameters:
    ///   - index: The handler that was called.
    ///   - number: The number of the delivery that it was called with; `nil` if it was made.
    ///   - succeeds: Whether the handler can be called again; not if it could not be made.
    ///   - now: The present moment; it is asked for only if an event waits.
    /// - Returns: What follows.
    mutating func finish(
        callOf index: Int,
        _ number: UInt64?,
        succeeds: Bool,
        at now: @autoclosure () -> MonotonicTime
    ) -> Outcome {
        slots[index].state = succeeds ? .idle : .failed
        guard let number else {
            unmade -= succeeds ? 1 : 0
            // What follows once all are made is found by the next step.
            return Outcome(completesEvent: true)
        }
        var outcome = Outcome()
        switch acknowledgement.finish(number, by: index, at: now()) {
        case .irrelevant: break
        case .completesEvent: outcome.completesEvent = true
        case .mayHaveCaughtUp: outcome.hasCaughtUp = slots[index].mailbox.count == 0 && acknowledgement.catchUp(index)
        }
        outcome.overflow = slots[index].mailbox.reportOverflow()
        return outcome
    }
}
