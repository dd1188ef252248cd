import Synchronization

/// Nudges supervisord while it stops, whichever handlers are selected.
///
/// By itself, its loop looks only once a second whether what it has stopped is gone, and it stops one group after the other.
/// An event of a process that is being stopped may be the beginning: then supervisord is asked whether it is stopping. Nothing
/// is asked while nothing stops.
final class StopNudges: Sendable {
    private struct State {
        /// Whether there is a task that nudges.
        var isNudging = false
        /// Whether something has happened, since supervisord was last asked, that may be part of a shutdown.
        var isDue = false
        /// Until when supervisord counts as stopping although it says that it runs: it has been told, and may not have heard.
        var certainUntil: MonotonicTime?
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
    func record(_ kind: EventKind?) {
        switch kind {
        case .supervisorStateChangeStopping: begin()
        case .processStateStopping, .processStateStopped: startNudging { $0.isDue = true }
        default: break
        }
    }

    /// Begins at once: supervisord has been told to stop, or has said that it does.
    func begin() {
        startNudging { $0.certainUntil = .now + Self.timeToHear }
    }

    private func startNudging(after change: (inout State) -> Void) {
        let mustBegin = state.withLock { state in
            change(&state)
            defer { state.isNudging = true }
            return !state.isNudging
        }
        if mustBegin {
            Task(executorPreference: loop) { [self] in await nudgeUntilStopped() }
        }
    }

    private func nudgeUntilStopped() async {
        let began = MonotonicTime.now
        while goesOn(after: await ask()) {
            await loop.sleep(until: .now + min(NudgeInterval.after(began.duration(to: .now)), Self.longestInterval))
        }
    }

    private func goesOn(after answer: Answer) -> Bool {
        state.withLock { state in
            let isCertain = state.certainUntil.map { $0 > .now } ?? false
            state.isNudging =
                switch answer {
                case .stopping: true
                case .running: isCertain || state.isDue
                // As long as there is something to wake.
                case .unknown: state.certainUntil != nil
                case .none: false
                }
            state.isDue = false
            if !state.isNudging {
                state.certainUntil = nil
            }
            return state.isNudging
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
