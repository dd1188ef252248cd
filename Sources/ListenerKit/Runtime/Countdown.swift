import Synchronization

/// Something that happens at a time to come, unless that time is moved or taken away before.
final class Countdown: Sendable {
    private struct State {
        var timer: EventLoop.Timer?
        /// Tells the present timer from one that is no longer wanted, and yet about to go off on another thread.
        var generation = 0
    }

    private let loop: EventLoop
    private let state = Mutex(State())

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Whether the time has neither come nor been taken away.
    var isRunning: Bool {
        state.withLock { $0.timer != nil }
    }

    /// Sets the time, and forgets the one that was set before.
    ///
    /// - Parameters:
    ///   - deadline: When.
    ///   - action: What to do then; it must be quick.
    func start(until deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            clear(&state)
            let generation = state.generation
            state.timer = loop.schedule(at: deadline) { [self] in
                if takeTurn(generation) {
                    action()
                }
            }
        }
    }

    /// Takes the time away.
    func stop() {
        state.withLock { clear(&$0) }
    }

    private func clear(_ state: inout State) {
        state.generation += 1
        if let timer = state.timer.take() {
            loop.cancel(timer)
        }
    }

    /// Whether the timer that has gone off is still the present one; it is none any more.
    private func takeTurn(_ generation: Int) -> Bool {
        state.withLock { state in
            guard state.generation == generation else {
                return false
            }
            state.timer = nil
            return true
        }
    }
}
