import Synchronization

/// Nudges supervisord while it stops, whichever handlers are selected.
///
/// By itself, its loop looks only once a second whether what it has stopped is gone, and it stops one group after the other.
/// An event of a process that is being stopped may be the beginning: then supervisord is asked whether it is stopping. Nothing
/// is asked while nothing stops.
final class StopNudges: Sendable {
    private struct State {
        /// Whether there is a task that nudges.
        var isAtWork = false
        /// Whether something has happened, since supervisord was last asked, that may be part of a shutdown.
        var isDue = false
        /// Until when supervisord counts as stopping although it says that it runs: it has been told, and may not have heard.
        var certainUntil: ContinuousClock.Instant?
    }

    private enum Answer {
        case running
        /// It is stopping, or restarting.
        case stopping
        /// It is there, and does not tell.
        case unknown
        case none
    }

    private static let longestInterval = Duration.milliseconds(25)
    /// A signal is heard within one pass of supervisord's loop.
    private static let timeToHear = Duration.seconds(1)
    /// A supervisord that is busy will find the time.
    private static let callTimeout = Duration.seconds(1)

    private let supervisor: Supervisor
    private let loop: EventLoop
    private let state = Mutex(State())

    init(supervisor: Supervisor, loop: EventLoop) {
        self.supervisor = supervisor
        self.loop = loop
    }

    /// Records an event, which may be the beginning of a shutdown.
    func notice(_ event: Event) {
        switch event {
        case .supervisorState(let event) where event.state == .stopping: begin()
        case .processState(let event) where event.state == .stopping || event.state == .stopped:
            work { $0.isDue = true }
        default: break
        }
    }

    /// Begins at once: supervisord has been told to stop, or has said that it does.
    func begin() {
        work { $0.certainUntil = .now + Self.timeToHear }
    }

    private func work(after change: (inout State) -> Void) {
        let mustBegin = state.withLock { state in
            change(&state)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if mustBegin {
            Task(executorPreference: loop) { [self] in await nudge() }
        }
    }

    private func nudge() async {
        let began = ContinuousClock.now
        while goesOn(after: await ask()) {
            await loop.sleep(until: .now + min(NudgeInterval.after(began.duration(to: .now)), Self.longestInterval))
        }
    }

    private func goesOn(after answer: Answer) -> Bool {
        state.withLock { state in
            let isCertain = state.certainUntil.map { $0 > .now } ?? false
            state.isAtWork =
                switch answer {
                case .stopping: true
                case .running: isCertain || state.isDue
                // As long as there is something to wake.
                case .unknown: state.certainUntil != nil
                case .none: false
                }
            state.isDue = false
            if !state.isAtWork {
                state.certainUntil = nil
            }
            return state.isAtWork
        }
    }

    private func ask() async -> Answer {
        state.withLock { $0.isDue = false }
        do throws(SupervisorError) {
            try await supervisor.call("supervisor.getState", within: Self.callTimeout)
            return .running
        } catch {
            return switch error {
            case .fault: error.isShutdown ? .stopping : .unknown
            case .unauthorized, .httpStatus, .timedOut: .unknown
            default: .none
            }
        }
    }
}
