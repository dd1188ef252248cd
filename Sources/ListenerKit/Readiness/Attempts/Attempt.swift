/// An attempt that can be made; both of its functions are called on the poll thread, and do not block.
protocol Attempt: Sendable {
    /// Begins; its outcome is reported once, unless it is canceled before.
    func begin()
    /// Stops, and ends what it has started.
    func cancel()
}

/// Reports the outcome of an attempt.
typealias AttemptReport = @Sendable (ProbeOutcome) -> Void

extension ProbeOutcome {
    /// The outcome of an attempt that has taken too long.
    static func timedOut(after timeout: Duration) -> ProbeOutcome {
        .failed("timed out after \(timeout.inShortSeconds) s")
    }
}
