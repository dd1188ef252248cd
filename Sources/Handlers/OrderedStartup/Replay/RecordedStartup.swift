import ListenerKit

/// The reducer of the startup, and the record of what it was given and has decided.
///
/// Unless the journal is followed, an event costs no more than by the reducer alone.
struct RecordedStartup {
    private(set) var reducer: StartupReducer
    private var recorder: ReplayRecorder
    private let beginning: StartupBeginning

    /// Begins at the beginning of a plan.
    init(_ beginning: StartupBeginning, _ journal: Journal) {
        reducer = beginning.reducer
        recorder = ReplayRecorder(of: HandlerName.orderedStartup, journal)
        self.beginning = beginning
    }

    /// Follows a change of state.
    ///
    /// - Parameters:
    ///   - event: The change.
    ///   - isNews: Whether this is the first event of a process that the configuration does not have; asked only if the order of
    ///     starts does not have it.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ event: ProcessStateEvent,
        isNews: @autoclosure () -> Bool,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard recorder.isActive else {
            return reducer.apply(event, isNews: isNews(), at: now)
        }
        let isUnknown = reducer.progress.indices[event.process] == nil && isNews()
        return apply(.change(event, isNews: isUnknown), at: now)
    }

    /// Follows a piece of output of a process; nearly all output passes no gate.
    mutating func apply(
        _ event: ProcessLogEvent,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) -> [StartupCommand] {
        let passed = reducer.gatesPassed(by: event)
        return passed.isEmpty ? [] : apply(.passed(passed, event.process), at: now())
    }

    /// Follows a text that a process has sent through supervisord.
    mutating func apply(
        _ event: ProcessCommunicationEvent,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) -> [StartupCommand] {
        let passed = reducer.gatesPassed(by: event)
        return passed.isEmpty ? [] : apply(.passed(passed, event.process), at: now())
    }

    /// Follows anything.
    ///
    /// - Parameters:
    ///   - input: What has happened.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ input: StartupInput, at now: ContinuousClock.Instant) -> [StartupCommand] {
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
