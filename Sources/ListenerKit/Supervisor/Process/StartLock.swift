import Synchronization

/// Keeps programs from being started while supervisord is told to end: what it has just forked would not hear that it is to stop.
package final class StartLock: Sendable {
    private static let interval = Duration.milliseconds(1)

    private let isTaken = Mutex(false)

    /// Makes a free lock.
    package init() {}

    /// Runs a body while no other thread holds the lock, or without the lock if that is not free in time.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait for the lock.
    ///   - body: What to do.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
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
