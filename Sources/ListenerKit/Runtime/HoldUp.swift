/// How long one handler has held up events of late, and so how long it may hold up another one.
///
/// All its events together may wait for `limit`, as one of them may: if each might, a handler that always needs a little less
/// would delay everything. What is used up comes back while time passes.
struct HoldUp {
    /// In the long run, a tenth of the time that passes may be spent on waiting for the handler.
    private static let recovery = 10
    /// A wait of up to this part of the limit is normal, and does not count.
    private static let normalPart = 100

    private var total = Duration.zero
    private var lastAdded: MonotonicTime?

    /// Returns how long an event may wait for the handler.
    ///
    /// - Parameters:
    ///   - start: When it begins to wait.
    ///   - limit: How long it may if the handler has not held up anything.
    /// - Returns: The time, which is no longer than the limit.
    func allowance(at start: MonotonicTime, limit: Duration) -> Duration {
        max(limit - total(at: start), limit / Self.normalPart)
    }

    /// Adds the time that an event has waited for the handler.
    mutating func add(from start: MonotonicTime, to end: MonotonicTime, limit: Duration) {
        let time = start.duration(to: end)
        if time > limit / Self.normalPart {
            total = min(total(at: start) + time, limit)
            lastAdded = end
        }
    }

    private func total(at time: MonotonicTime) -> Duration {
        lastAdded.map { max(.zero, total - $0.duration(to: time) / Self.recovery) } ?? .zero
    }
}
