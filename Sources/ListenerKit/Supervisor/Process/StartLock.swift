import Synchronization

/// Keeps programs from being started while supervisord is told to shut down: a child that was just forked would miss its stop signal.
package final class StartLock: Sendable {
    private static let interval = Duration.milliseconds(1)

    private let isTaken = Mutex(false)

    /// Makes an unlocked lock.
    package init() {}

    /// Runs a closure while holding the lock, or without it if another thread holds it for longer than the timeout.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait for the lock.
    ///   - body: The closure.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws.
    package func hold<Value, Failure: Error>(
        timeout: Duration,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let isHeld = acquire(by: .now + timeout)
        defer {
            if isHeld {
                isTaken.withLock { $0 = false }
            }
        }
        return try body()
    }

    private func acquire(by deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let isAcquired = isTaken.withLock { isTaken in
                defer { isTaken = true }
                return !isTaken
            }
            guard !isAcquired, ContinuousClock.now < deadline else {
                return isAcquired
            }
            pause(for: Self.interval)
        }
    }
}
