import ListenerKit

/// Something that the reducer of the startup is given.
enum StartupInput {
    /// A process has changed its state; and whether this is the first event of one that the configuration does not have.
    case change(ProcessStateEvent, isNews: Bool)
    /// A group was added or removed.
    case group(ProcessGroupEvent)
    /// Gates have passed by what a process has written, by their indices.
    case passed([Int], ProcessName)
    /// How all processes stand, and another configuration if supervisord has read one.
    case snapshot(Snapshot, StartupReducer.Configuration?)
    /// The alarm has gone off.
    case alarm
    /// What has become of a start.
    case answer(ProcessName, StartOutcome)
    /// What the source of readiness has learned.
    case news([ReadinessNews])
}

extension StartupReducer {
    /// Follows anything.
    ///
    /// - Parameters:
    ///   - input: What has happened.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ input: StartupInput, at now: ContinuousClock.Instant) -> [StartupCommand] {
        switch input {
        case .change(let event, let isNews): apply(event, isNews: isNews, at: now)
        case .group(let event): apply(event, at: now)
        case .passed(let gates, let process): apply(gates, of: process, at: now)
        case .snapshot(let snapshot, let configuration): apply(snapshot, configuration, at: now)
        case .alarm: applyAlarm(at: now)
        case .answer(let process, let outcome): apply(outcome, of: process, at: now)
        case .news(let news): apply(news, at: now)
        }
    }
}
