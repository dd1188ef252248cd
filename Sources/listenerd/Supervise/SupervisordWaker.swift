import ListenerKit
import Synchronization

/// Wakes supervisord by calls, while it starts and while it stops.
///
/// Its loop sleeps for up to a second where nothing else wakes it: before it starts the first program, and before it sees
/// that one has ended.
final class SupervisordWaker: Sendable {
    private struct State {
        /// Until when it is woken, whatever it answers; nil where it is woken until it has gone.
        var end: ContinuousClock.Instant? = .now
        var isAtWork = false
        var isFinished = false
    }

    /// More often would only cost time.
    private static let shortestInterval = Duration.milliseconds(5)
    /// What waits for long is seen at most this much later.
    private static let longestInterval = Duration.milliseconds(25)
    private static let slowness = 32
    /// A supervisord that is busy will find the time.
    private static let patience = Duration.seconds(1)

    private let supervisor: Supervisor
    private let state = Mutex(State())

    init(_ supervisor: Supervisor) {
        self.supervisor = supervisor
    }

    /// Wakes it for some time, and until it answers.
    func wake(for duration: Duration = .zero) {
        begin { state in
            if let end = state.end {
                state.end = max(end, .now + duration)
            }
        }
    }

    /// Wakes it until it has gone.
    func wakeUntilFinished() {
        begin { $0.end = nil }
    }

    /// Lets it be: it has gone.
    func finish() {
        state.withLock { $0.isFinished = true }
    }

    private func begin(_ change: (inout State) -> Void) {
        let mustBegin = state.withLock { state in
            change(&state)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        guard mustBegin else {
            return
        }
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
        } catch {
            // It wakes by itself, a second later.
            state.withLock { $0.isAtWork = false }
        }
    }

    private func work() {
        let began = ContinuousClock.now
        var isAnswered = false
        while mayGoOn(isAnswered) {
            isAnswered = call()
            pause(for: min(max(Self.shortestInterval, began.duration(to: .now) / Self.slowness), Self.longestInterval))
        }
    }

    private func mayGoOn(_ isAnswered: Bool) -> Bool {
        state.withLock { state in
            let isEnough = state.end.map { isAnswered && $0 <= .now } ?? false
            state.isAtWork = !state.isFinished && !isEnough
            return state.isAtWork
        }
    }

    /// Whether supervisord has answered, be it that it refuses: that too wakes it.
    private func call() -> Bool {
        do throws(SupervisorError) {
            try supervisor.callBlocking("supervisor.getState", within: Self.patience)
            return true
        } catch {
            switch error {
            case .unauthorized: return true
            default: return error.fault != nil && !error.isShutdown
            }
        }
    }
}
