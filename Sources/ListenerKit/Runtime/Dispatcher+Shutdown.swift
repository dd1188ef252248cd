extension Dispatcher {
    /// A handler that has not finished what it has.
    struct Unfinished {
        /// The handler's index.
        let handler: Int
        /// The event that it is handling; `nil` if that is not known.
        let event: Event?
        /// How many deliveries wait in its mailbox.
        let count: Int
    }

    /// Receives no more events; the last one is acknowledged without asking for another.
    ///
    /// - Returns: Whether that is news.
    mutating func stopReceiving() -> Bool {
        guard phase == .starting || phase == .running else {
            return false
        }
        phase = .unheard
        return true
    }

    /// Lets handlers finish what they have, and nothing more.
    ///
    /// - Parameter status: The status with which the listener ends.
    /// - Returns: Whether that is news; later calls change nothing.
    mutating func shutDown(with status: ExitStatus) -> Bool {
        guard !isEnding else {
            return false
        }
        phase = .draining
        self.status = status
        for index in slots.indices {
            slots[index].mailbox.close()
        }
        return true
    }

    /// Ends, whatever handlers are still at.
    ///
    /// - Returns: Whether the last event is to be acknowledged, and what handlers have not finished; `nil` after the first call.
    mutating func finish() -> (mustAcknowledge: Bool, unfinished: [Unfinished])? {
        guard phase != .finished else {
            return nil
        }
        phase = .finished
        let unfinished = slots.indices.filter { !slots[$0].isDone }.map { index in
            Unfinished(
                handler: index,
                event: acknowledgement.event(awaiting: index),
                count: slots[index].mailbox.count
            )
        }
        return (acknowledgement.complete(), unfinished)
    }

    /// Whether a handler is called at the moment.
    func isBusy(_ handler: Int) -> Bool {
        slots[handler].state == .busy
    }
}
