/// Whether a handler is late, and what has been reported of that.
struct LateRecord {
    /// What an interval has to be closed with.
    struct Sum {
        /// How often the handler has become late without a word.
        let count: Int
        /// The event that it has missed, if it is late now.
        let event: Event?
    }

    /// The event that the handler has missed; `nil` if it is not late.
    private var event: Event?
    private var beginning = ContinuousClock.now
    /// Whether it has been said that the handler is late now.
    private var isSaid = false
    /// How often it has become late since something was said, and nothing was said about that.
    private var unsaid = 0
    /// Whether something was said in the present interval.
    private var isQuiet = false

    /// Records that the handler is late.
    ///
    /// - Returns: Whether that is to be said, and an interval begins.
    mutating func begin(with event: Event, at time: ContinuousClock.Instant) -> Bool {
        self.event = event
        beginning = time
        isSaid = !isQuiet
        unsaid += isQuiet ? 1 : 0
        isQuiet = true
        return isSaid
    }

    /// Records that the handler has caught up.
    ///
    /// - Returns: How long it was late, if that is to be said.
    mutating func end(at time: ContinuousClock.Instant) -> Duration? {
        defer { isSaid = false }
        guard event.take() != nil, isSaid else {
            return nil
        }
        return beginning.duration(to: time)
    }

    /// Closes an interval.
    ///
    /// - Returns: What is to be said, after which another interval begins; `nil` if there is nothing.
    mutating func endInterval() -> Sum? {
        defer { unsaid = 0 }
        isQuiet = unsaid > 0
        guard isQuiet else {
            return nil
        }
        isSaid = event != nil
        return Sum(count: unsaid, event: event)
    }
}
