import ListenerKit
import Synchronization

/// Wakes supervisord by calls, while it starts and while it stops.
///
/// Its loop sleeps for up to a second where nothing else wakes it: before it starts the first program, and before it sees
/// that one has ended.
final class SupervisordNudger: Sendable {
    private struct State {
        /// Until when it is woken, at least; nil where it is woken until it has gone.
        var end: ContinuousClock.Instant? = .now
        /// When one that does not answer is given up; by itself it wakes a second later.
        var limit = ContinuousClock.now
        var isAtWork = false
        var isFinished = false
        /// Whether it has answered once, or was given up.
        var isReady = false
        /// Since when every answer has been that it runs, and is not stopping.
        var runningSince: ContinuousClock.Instant?
    }

    private enum Answer {
        /// Nobody is there.
        case none
        /// It is there, and lets nobody in.
        case unauthorized
        /// It is stopping, or beginning anew.
        case refused
        case running
    }

    /// More often would only cost time.
    private static let shortestInterval = Duration.milliseconds(5)
    /// What waits for long is seen at most this much later.
    private static let longestInterval = Duration.milliseconds(25)
    /// A supervisord that is busy will find the time.
    private static let timeout = Duration.seconds(1)

    private let supervisor: Supervisor
    private let patienceWithSilence: Duration
    private let whenReady: @Sendable () -> Void
    private let state = Mutex(State())

    /// Prepares to wake.
    ///
    /// - Parameters:
    ///   - supervisor: supervisord.
    ///   - patienceWithSilence: When one that does not answer is given up.
    ///   - whenReady: Called on another thread when ``isReady`` has become true.
    init(
        _ supervisor: Supervisor,
        patienceWithSilence: Duration = .seconds(30),
        whenReady: @escaping @Sendable () -> Void
    ) {
        self.supervisor = supervisor
        self.patienceWithSilence = patienceWithSilence
        self.whenReady = whenReady
    }

    /// Whether it can take signals: it has answered, or has had so much time that it cannot be reached from here.
    var isReady: Bool {
        state.withLock { $0.isReady }
    }

    /// Since when every answer has been that it runs; nil where the last one was not.
    var runningSince: ContinuousClock.Instant? {
        state.withLock { $0.runningSince }
    }

    /// Wakes it for some time, and until it answers.
    func wake(for duration: Duration = .zero) {
        begin { state in
            if let end = state.end {
                state.end = max(end, .now + duration)
            }
        }
    }

    /// Wakes it until it has gone, because it has just been told to end.
    func wakeUntilFinished() {
        begin { state in
            state.end = nil
            state.runningSince = nil
        }
    }

    /// Lets it be: it has gone.
    func finish() {
        state.withLock { $0.isFinished = true }
    }

    private func begin(_ change: (inout State) -> Void) {
        let mustBegin = state.withLock { state in
            change(&state)
            state.limit = .now + patienceWithSilence
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        guard mustBegin else {
            return
        }
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in work() }
        } catch {
            // It wakes by itself, a second later.
            state.withLock { $0.isAtWork = false }
        }
    }

    private func work() {
        let began = ContinuousClock.now
        while take(call()) {
            let interval = NudgeInterval.after(began.duration(to: .now), atLeast: Self.shortestInterval)
            pause(for: min(interval, Self.longestInterval))
        }
    }

    /// Takes in what a call has led to.
    ///
    /// - Returns: Whether it is to be called again.
    private func take(_ answer: Answer) -> Bool {
        let (mayGoOn, isReadyNow) = state.withLock { state in
            let isGivenUp = answer == .none && state.limit <= .now
            let isReadyNow = !state.isReady && (answer != .none || isGivenUp)
            state.isReady = state.isReady || isReadyNow
            state.runningSince = answer == .running ? state.runningSince ?? .now : nil
            let isEnough = state.end.map { end in
                switch answer {
                case .none: isGivenUp
                case .unauthorized, .running: end <= .now
                case .refused: false
                }
            }
            state.isAtWork = !state.isFinished && !(isEnough ?? false)
            return (state.isAtWork, isReadyNow)
        }
        if isReadyNow {
            whenReady()
        }
        return mayGoOn
    }

    /// Calls it, which wakes it whatever it answers.
    private func call() -> Answer {
        do throws(SupervisorError) {
            try supervisor.callBlocking("supervisor.getState", within: Self.timeout)
            return .running
        } catch {
            if case .unauthorized = error {
                return .unauthorized
            }
            return error.fault == nil ? .none : error.isShutdown ? .refused : .running
        }
    }
}
