/// The clock that handlers and their alarms go by: the machine's, or that of a test.
package protocol ListenerClock: Sendable {
    /// The present time.
    var now: ContinuousClock.Instant { get }

    /// Returns a timer that has not been started.
    func makeTimer() -> any AlarmTimer
}

/// A timer that goes off once each time it is started.
package protocol AlarmTimer: Sendable {
    /// Calls an action at a time, in place of the one that was to be called before.
    ///
    /// - Parameters:
    ///   - deadline: The time.
    ///   - action: The action, which must be quick.
    func start(until deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void)

    /// Forgets the action.
    func stop()

    /// Learns that what the action has led to is done: a handler has handled its alarm.
    func finish()
}

/// The machine's clock, with timers on the listener's loop.
struct LoopClock: ListenerClock {
    private let loop: EventLoop

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    var now: ContinuousClock.Instant { .now }

    func makeTimer() -> any AlarmTimer {
        LoopTimer(countdown: Countdown(on: loop))
    }
}

/// A timer on the listener's loop.
private struct LoopTimer: AlarmTimer {
    let countdown: Countdown

    func start(until deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
        countdown.start(until: MonotonicTime(deadline), action)
    }

    func stop() {
        countdown.stop()
    }

    func finish() {}
}
