import ListenerKit
import Synchronization

/// Nudges supervisord by calls, while it starts and while it shuts down.
///
/// Its loop sleeps for up to a second if nothing wakes it: before it starts the first program, and before it notices that a
/// program has exited.
final class SupervisordNudger: Sendable {
    private struct State {
        /// When to stop nudging, at the earliest; nil to nudge until supervisord has exited.
        var end: ContinuousClock.Instant? = .now
        /// When to give up a supervisord that does not answer; without nudges, it is only up to a second slower.
        var answerDeadline = ContinuousClock.now
        var isNudging = false
        var isFinished = false
        /// Whether supervisord has answered once, or was given up.
        var isReady = false
        /// Since when every answer has been that supervisord is running, and not shutting down.
        var runningSince: ContinuousClock.Instant?
    }

    private enum Answer {
        /// Nothing listens there.
        case none
        /// supervisord is there, and rejects the credentials.
        case unauthorized
        /// supervisord is shutting down, or reloading.
        case shuttingDown
        case running
    }

    /// Shorter intervals would only cost CPU time.
    private static let shortestInterval = Duration.milliseconds(5)
    /// How much later supervisord notices, at most, what has taken long.
    private static let longestInterval = Duration.milliseconds(25)
    /// For one call: a busy supervisord answers in time.
    private static let callTimeout = Duration.seconds(1)

    private let supervisor: Supervisor
    private let answerTimeout: Duration
    private let whenReady: @Sendable () -> Void
    private let state = Mutex(State())

    /// Prepares to nudge.
    ///
    /// - Parameters:
    ///   - supervisor: Calls supervisord.
    ///   - answerTimeout: How long supervisord may be silent before it is given up.
    ///   - whenReady: Called on another thread when ``isReady`` has become true.
    init(
        _ supervisor: Supervisor,
        answerTimeout: Duration = .seconds(30),
        whenReady: @escaping @Sendable () -> Void
    ) {
        self.supervisor = supervisor
        self.answerTimeout = answerTimeout
        self.whenReady = whenReady
    }

    /// Whether supervisord can take signals: it has answered, or has been silent for so long that it cannot be reached from here.
    var isReady: Bool {
        state.withLock { $0.isReady }
    }

    /// Since when every answer has been that supervisord is running; nil if the last one was not.
    var runningSince: ContinuousClock.Instant? {
        state.withLock { $0.runningSince }
    }

    /// Nudges supervisord for some time, and until it answers.
    func nudge(for duration: Duration = .zero) {
        start { state in
            if let end = state.end {
                state.end = max(end, .now + duration)
            }
        }
    }

    /// Nudges supervisord until it has exited, because it was told to shut down.
    func nudgeUntilExit() {
        start { state in
            state.end = nil
            state.runningSince = nil
        }
    }

    /// Stops nudging: supervisord has exited.
    func finish() {
        state.withLock { $0.isFinished = true }
    }

    private func start(_ change: (inout State) -> Void) {
        let mustStart = state.withLock { state in
            change(&state)
            state.answerDeadline = .now + answerTimeout
            defer { state.isNudging = true }
            return !state.isNudging
        }
        guard mustStart else {
            return
        }
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in run() }
        } catch {
            // supervisord gets on without nudges, up to a second later.
            state.withLock { $0.isNudging = false }
        }
    }

    private func run() {
        let start = ContinuousClock.now
        while apply(call()) {
            let interval = NudgeInterval.after(start.duration(to: .now), atLeast: Self.shortestInterval)
            pause(for: min(interval, Self.longestInterval))
        }
    }

    /// Applies the result of a call to the state.
    ///
    /// - Returns: Whether to call again.
    private func apply(_ answer: Answer) -> Bool {
        let (isNudging, becameReady) = state.withLock { state in
            let isGivenUp = answer == .none && state.answerDeadline <= .now
            let becameReady = !state.isReady && (answer != .none || isGivenUp)
            state.isReady = state.isReady || becameReady
            state.runningSince = answer == .running ? state.runningSince ?? .now : nil
            let isEnough = state.end.map { end in
                switch answer {
                case .none: isGivenUp
                case .unauthorized, .running: end <= .now
                case .shuttingDown: false
                }
            }
            state.isNudging = !state.isFinished && !(isEnough ?? false)
            return (state.isNudging, becameReady)
        }
        if becameReady {
            whenReady()
        }
        return isNudging
    }

    /// Calls supervisord, which runs its loop once more whatever it answers.
    private func call() -> Answer {
        do throws(SupervisorError) {
            try supervisor.callBlocking("supervisor.getState", within: Self.callTimeout)
            return .running
        } catch {
            if case .unauthorized = error {
                return .unauthorized
            }
            return error.fault == nil ? .none : error.isShutdown ? .shuttingDown : .running
        }
    }
}
