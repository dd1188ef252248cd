import ListenerKit

/// When to look at all processes although no event tells of them, and no program waits for one.
///
/// That is so before supervisord sends events, which it does not until the listener has been up for its own `startsecs`; and
/// before the listener ends with status 0, because supervisord takes a program without `startsecs` for RUNNING that cannot
/// even be executed.
struct StartupLooks {
    private static let shortestInterval = Duration.milliseconds(1100)
    private static let longestInterval = Duration.seconds(30)

    /// When to look next; nil if there is no need.
    private(set) var next: ContinuousClock.Instant?
    private let provesStarts: Bool
    private var interval = Self.shortestInterval
    /// When it was last time to look, if the answer is not there yet.
    private var lastDue: ContinuousClock.Instant?
    /// Whether the listener is to end once it is certain that everything has started.
    private(set) var isReadyToEnd = false

    /// Begins without a need.
    ///
    /// - Parameter provesStarts: Whether the listener ends once everything has started, for certain.
    init(provesStarts: Bool) {
        self.provesStarts = provesStarts
    }

    /// Finds out whether there is a need.
    ///
    /// - Parameters:
    ///   - progress: How far the startup has come; it is not changed, but costs less this way than a copy.
    ///   - hearsEvents: Whether supervisord sends events.
    ///   - isIdle: Whether supervisord has answered every call.
    mutating func plan(after progress: inout StartupProgress, hearsEvents: Bool, isIdle: Bool) {
        isReadyToEnd = provesStarts && hearsEvents && isIdle && progress.isFinished && progress.isComplete
        let isDeaf = !hearsEvents && !progress.isFinished && progress.remaining == 0
        guard isReadyToEnd || isDeaf else {
            next = nil
            return
        }
        if next == nil, lastDue == nil {
            next = .now + interval
        }
    }

    /// Whether it is time to look.
    mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
        guard let next, next <= now else {
            return false
        }
        self.next = nil
        lastDue = .now
        interval = min(interval * 2, Self.longestInterval)
        return true
    }

    /// Whether a look that was due has shown that everything has started.
    ///
    /// - Parameters:
    ///   - snapshot: What was seen.
    ///   - progress: How far the startup has come, by then.
    /// - Returns: Whether that is certain.
    mutating func prove(_ snapshot: Snapshot, _ progress: StartupProgress) -> Bool {
        guard let lastDue, lastDue <= snapshot.time else {
            return false
        }
        self.lastDue = nil
        return provesStarts && progress.isProven(by: snapshot.processes)
    }
}
