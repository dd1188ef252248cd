import Synchronization

/// Keeps programs from being started while supervisord is told to shut down: a child that was just forked would miss its stop signal.
package final class StartLock: Sendable {
    private static let interval = Duration.milliseconds(1)

    private let isTaken = Mutex(false)
    private let notice: StopNoticeReader?

    /// Makes an unlocked lock.
    ///
    /// - Parameter notice: By which `supervise` says that nothing is to be started any more; nil if no `supervise` runs this process.
    package init(_ notice: StopNoticeReader? = nil) {
        self.notice = notice
    }

    /// Starts something while holding the lock, as ``hold(timeout:_:)`` does, unless everything is being stopped.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait for the lock.
    ///   - start: Starts it.
    /// - Returns: What the closure returns; nil if it was not called, because nothing may be started any more.
    /// - Throws: What the closure throws.
    package func holdForStart<Value, Failure: Error>(
        timeout: Duration,
        _ start: () throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        try hold(timeout: timeout) { () throws(Failure) in
            guard let notice else {
                return try start()
            }
            return try notice.unlessPosted(start)
        }
    }

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
