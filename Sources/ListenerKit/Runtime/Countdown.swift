import Synchronization

/// Something that happens at a time to come, unless that time is moved or taken away before.
final class Countdown: Sendable {
    private let loop: EventLoop
    private let timer = Mutex<EventLoop.Timer?>(nil)

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Whether the time has neither come nor been taken away.
    var isRunning: Bool {
        timer.withLock { $0 != nil }
    }

    /// Sets the time, and forgets the one that was set before.
    ///
    /// - Parameters:
    ///   - deadline: When.
    ///   - action: What to do then; it must be quick.
    func start(until deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
        replace(
            by: loop.schedule(at: deadline) { [self] in
                timer.withLock { $0 = nil }
                action()
            }
        )
    }

    /// Takes the time away.
    func stop() {
        replace(by: nil)
    }

    private func replace(by next: EventLoop.Timer?) {
        let previous = timer.withLock { timer in
            defer { timer = next }
            return timer
        }
        if let previous {
            loop.cancel(previous)
        }
    }
}
