import ListenerKit

/// Which snapshots were asked for, so that one serves all that need it.
struct SnapshotRequests {
    /// How long `supervisorctl update` may take from stopping a process to replacing it.
    private static let replacementDelay = Duration.seconds(2)

    /// When supervisord is asked because of the earliest request; nil if that snapshot has come.
    private var pending: ContinuousClock.Instant?
    /// When to find out whether what was stopped has been replaced; nil if nothing was.
    private var replacementCheck: ContinuousClock.Instant?

    /// Requests a snapshot, unless supervisord will be asked for one as early as that.
    ///
    /// One that it may have been asked for already does not count: it may not show what has just happened.
    ///
    /// - Parameters:
    ///   - delay: How long to wait before supervisord is asked.
    ///   - now: The present time.
    /// - Returns: The command; nil if there is no need of one.
    mutating func request(after delay: Duration, at now: ContinuousClock.Instant) -> StartupCommand? {
        let time = now + delay
        if let pending, pending > now, pending <= time {
            return nil
        }
        pending = time
        return .requestSnapshot(after: delay)
    }

    /// Records a stop, which a snapshot some time later has to follow; after many stops, some time after the last.
    ///
    /// - Parameter now: The present time.
    /// - Returns: For how long the snapshot has to wait.
    mutating func processWasStopped(at now: ContinuousClock.Instant) -> Duration {
        replacementCheck = now + Self.replacementDelay
        return Self.replacementDelay
    }

    /// Records that a snapshot has come.
    ///
    /// - Parameters:
    ///   - time: When supervisord was asked.
    ///   - now: The present time.
    /// - Returns: For how long another one that is still needed has to wait; nil if none is.
    mutating func snapshotCame(from time: ContinuousClock.Instant, at now: ContinuousClock.Instant) -> Duration? {
        if let pending, pending <= time {
            self.pending = nil
        }
        guard let check = replacementCheck else {
            return nil
        }
        guard check > time else {
            replacementCheck = nil
            return nil
        }
        return max(.zero, now.duration(to: check))
    }
}
