import Synchronization

/// Calls an action at some time, unless that is moved or canceled before.
final class Countdown: Sendable {
    private struct State {
        var timer: EventLoop.Timer?
        /// Tells the present timer from one that was canceled while it was about to go off on another thread.
        var generation = 0
    }

    private let loop: EventLoop
    private let state = Mutex(State())

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Whether the action is still to come.
    var isRunning: Bool {
        state.withLock { $0.timer != nil }
    }

    /// Plans an action, in the place of the one that was planned before.
    ///
    /// - Parameters:
    ///   - deadline: When it is called.
    ///   - action: The action; it must be quick.
    func start(until deadline: MonotonicTime, _ action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            cancel(&state)
            let generation = state.generation
            state.timer = loop.schedule(at: deadline) { [self] in
                if endTimer(of: generation) {
                    action()
                }
            }
        }
    }

    /// Cancels the action, if one is planned.
    func stop() {
        state.withLock { cancel(&$0) }
    }

    private func cancel(_ state: inout State) {
        state.generation += 1
        if let timer = state.timer.take() {
            loop.cancel(timer)
        }
    }

    /// Whether the timer that has gone off is the present one, which ends with that.
    private func endTimer(of generation: Int) -> Bool {
        state.withLock { state in
            guard state.generation == generation else {
                return false
            }
            state.timer = nil
            return true
        }
    }
}
