import ListenerKit

/// When to ask for a snapshot although no event tells of a change, and no program waits for one.
///
/// That is so before supervisord sends events, which it does not until the listener has been up for its own `startsecs`; and
/// before the listener ends with status 0, because supervisord takes a program without `startsecs` for RUNNING that cannot
/// even be executed.
struct StartupPolling {
    private static let shortestInterval = Duration.milliseconds(1100)
    private static let longestInterval = Duration.seconds(30)

    /// When to ask next; nil if there is no need.
    private(set) var next: ContinuousClock.Instant?
    private let provesStarts: Bool
    private var interval = Self.shortestInterval
    /// When the last snapshot was asked for, if it has not come yet.
    private var asked: ContinuousClock.Instant?
    /// Whether the listener is to end once it is certain that everything has started.
    private(set) var isReadyToEnd = false
    /// Whether there is a need.
    private(set) var isActive = false

    /// Begins without a need.
    ///
    /// - Parameter provesStarts: Whether the listener ends once everything has started, for certain.
    init(provesStarts: Bool) {
        self.provesStarts = provesStarts
    }

    /// Finds out whether there is a need.
    ///
    /// - Parameters:
    ///   - progress: How far the startup has come; it is not changed, but this costs less than a copy.
    ///   - hearsEvents: Whether supervisord sends events.
    ///   - isIdle: Whether supervisord has answered every call.
    ///   - now: The present time.
    mutating func update(
        _ progress: inout StartupProgress,
        hearsEvents: Bool,
        isIdle: Bool,
        at now: ContinuousClock.Instant
    ) {
        isReadyToEnd = provesStarts && hearsEvents && isIdle && progress.isFinished && progress.isComplete
        let isDeaf = !hearsEvents && !progress.isFinished && progress.remaining == 0
        guard isReadyToEnd || isDeaf else {
            if isActive {
                isActive = false
                next = nil
            }
            return
        }
        isActive = true
        if next == nil, asked == nil {
            next = now + interval
        }
    }

    /// Returns whether it is time to ask; the next time comes later.
    mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
        guard let next, next <= now else {
            return false
        }
        self.next = nil
        asked = now
        interval = min(interval * 2, Self.longestInterval)
        return true
    }

    /// Returns whether a snapshot that was asked for here proves that everything has started.
    ///
    /// - Parameters:
    ///   - snapshot: The snapshot.
    ///   - progress: How far the startup has come by it.
    /// - Returns: Whether that is certain.
    mutating func prove(by snapshot: Snapshot, _ progress: inout StartupProgress) -> Bool {
        guard let asked, asked <= snapshot.time else {
            return false
        }
        self.asked = nil
        return provesStarts && progress.isProven(by: snapshot.processes)
    }
}
