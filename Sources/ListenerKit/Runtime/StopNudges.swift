import Synchronization

/// Nudges supervisord while it stops, whichever handlers are selected.
///
/// Without nudges, supervisord's loop checks only once a second whether a process has stopped, and it stops one group after the
/// other. An event of a process that is being stopped may be the beginning: then supervisord is asked whether it is stopping.
/// Nothing is asked while no process is being stopped.
final class StopNudges: Sendable {
    private struct State {
        /// Whether there is a task that nudges.
        var isNudging = false
        /// Whether something has happened, since supervisord was last asked, that may be part of a shutdown.
        var isDue = false
        /// Until when supervisord counts as stopping even if it answers that it is running: it may not have seen the order yet.
        var certainUntil: MonotonicTime?
    }

    private enum Answer {
        case running
        /// It is stopping, or restarting.
        case stopping
        /// It answers, but not this question.
        case unknown
        case none
    }

    private static let longestInterval = Duration.milliseconds(25)
    /// supervisord sees a signal within one pass of its loop.
    private static let timeToSeeSignal = Duration.seconds(1)
    /// A busy supervisord answers within this time.
    private static let callTimeout = Duration.seconds(1)

    private let supervisor: Supervisor
    private let loop: EventLoop
    private let isLeftToOthers: @Sendable () -> Bool
    private let whenStopping: @Sendable () -> Void
    private let state = Mutex(State())

    /// Prepares to nudge.
    ///
    /// - Parameters:
    ///   - supervisor: Calls supervisord.
    ///   - loop: Runs the calls.
    ///   - isLeftToOthers: Whether `supervise` nudges supervisord until that has exited: a listener that exits before it has its answer
    ///     makes supervisord complain of a broken pipe.
    ///   - whenStopping: Called with each event of a process that is being stopped.
    init(
        supervisor: Supervisor,
        loop: EventLoop,
        isLeftToOthers: @escaping @Sendable () -> Bool = { false },
        whenStopping: @escaping @Sendable () -> Void = {}
    ) {
        self.supervisor = supervisor
        self.loop = loop
        self.isLeftToOthers = isLeftToOthers
        self.whenStopping = whenStopping
    }

    /// Records an event, which may be the beginning of a shutdown.
    func record(_ kind: EventKind?) {
        switch kind {
        case .supervisorStateChangeStopping:
            begin()
            whenStopping()
        case .processStateStopping, .processStateStopped:
            startNudging { $0.isDue = true }
            whenStopping()
        default: break
        }
    }

    /// Begins at once, because supervisord was told to stop, or has reported that it does.
    func begin() {
        startNudging { $0.certainUntil = .now + Self.timeToSeeSignal }
    }

    private func startNudging(after change: (inout State) -> Void) {
        guard !isLeftToOthers() else {
            return
        }
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
                // Nudged as long as it answers at all.
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
