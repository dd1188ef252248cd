import ListenerKit

/// The reducer of `--fatal-exit`, and the record of what it was given and has decided.
///
/// Unless the journal is followed, an event costs no more than by the reducer alone.
struct RecordedFatalExit {
    private var reducer: FatalExitReducer
    private var recorder: ReplayRecorder
    private let beginning: FatalExitBeginning

    /// Begins to watch.
    init(_ beginning: FatalExitBeginning, _ journal: Journal) {
        reducer = FatalExitReducer(beginning)
        recorder = ReplayRecorder(of: HandlerName.fatalExit, journal)
        self.beginning = beginning
    }

    /// Follows a change of state.
    ///
    /// - Parameters:
    ///   - event: The change.
    ///   - now: The present time; it is asked for only if it matters.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ event: ProcessStateEvent,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) -> [FatalExitCommand] {
        guard recorder.isActive else {
            return reducer.apply(event, at: now())
        }
        return apply(.change(event), at: now())
    }

    /// Follows anything.
    ///
    /// - Parameters:
    ///   - input: What has happened.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ input: FatalExitInput, at now: ContinuousClock.Instant) -> [FatalExitCommand] {
        guard recorder.isActive else {
            return reducer.apply(input, at: now)
        }
        if recorder.isBeginning {
            recorder.begin(at: now) { [beginning] in beginning.writeMembers(to: &$0) }
        }
        input.record(in: &recorder, at: now)
        let commands = reducer.apply(input, at: now)
        let decisions = commands.map { [recorder] in $0.words(recorder.time) }
        if case .alarm = input {
            recorder.recordAlarm(decisions, at: now)
        } else {
            recorder.record(decisions, at: now)
        }
        return commands
    }
}
