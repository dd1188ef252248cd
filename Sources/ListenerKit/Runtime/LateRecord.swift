/// Whether a handler is late, and what has been reported of that.
struct LateRecord {
    /// The report at the end of an interval.
    struct Sum {
        /// How often the handler has become late without a report.
        let count: Int
        /// The event that it has missed; `nil` if it is not late now.
        let event: Event?
    }

    /// The event that the handler has missed; `nil` if it is not late.
    private var event: Event?
    private var beginning = MonotonicTime.now
    /// Whether it was reported that the handler is late now.
    private var isReported = false
    /// How often it has become late without a report, since the last one.
    private var unreported = 0
    /// Whether something was reported in the present interval, and nothing more is to be.
    private var isQuiet = false

    /// Records that the handler is late.
    ///
    /// - Returns: Whether that is to be reported, and an interval begins.
    mutating func begin(with event: Event, at time: MonotonicTime) -> Bool {
        self.event = event
        beginning = time
        isReported = !isQuiet
        unreported += isQuiet ? 1 : 0
        isQuiet = true
        return isReported
    }

    /// Records that the handler has caught up.
    ///
    /// - Returns: How long it was late, if that is to be reported.
    mutating func end(at time: MonotonicTime) -> Duration? {
        defer { isReported = false }
        guard event.take() != nil, isReported else {
            return nil
        }
        return beginning.duration(to: time)
    }

    /// Ends an interval.
    ///
    /// - Returns: What is to be reported, after which another interval begins; `nil` if there is nothing.
    mutating func endInterval() -> Sum? {
        defer { unreported = 0 }
        isQuiet = unreported > 0
        guard isQuiet else {
            return nil
        }
        isReported = event != nil
        return Sum(count: unreported, event: event)
    }
}
