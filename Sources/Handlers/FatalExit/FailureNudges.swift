import ListenerKit

/// When to wake supervisord, so that it sees soon that a process has failed once more.
///
/// It looks at ends and at tries that are due only when something wakes it, and that may be a second later. So while a
/// process may become FATAL, calls wake it that it answers at once, ever more rarely.
struct FailureNudges {
    private struct Awaited {
        /// From when on something can happen.
        var beginning: ContinuousClock.Instant
        var last: ContinuousClock.Instant
    }

    private var awaited: [ProcessName: Awaited] = [:]

    private static let shortestInterval = Duration.milliseconds(10)
    /// What happens after some time is seen at most this part of that time later.
    private static let slowness = 32
    /// How often supervisord wakes by itself.
    private static let ownInterval = Duration.seconds(1)

    /// Takes one change of state.
    ///
    /// - Parameters:
    ///   - process: The process that changed.
    ///   - transition: The state that it entered.
    ///   - startRetries: How often supervisord tries again.
    ///   - now: The present moment.
    mutating func take(
        _ process: ProcessName,
        _ transition: ProcessStateEvent.Transition,
        startRetries: Int,
        at now: ContinuousClock.Instant
    ) {
        switch transition {
        case .backoff(let tries):
            // It is tried again after as many seconds as there were tries.
            let beginning = tries > startRetries ? now : now + .seconds(tries)
            awaited[process] = Awaited(beginning: beginning, last: beginning)
        case .starting(let tries) where tries > 0 || startRetries == 0:
            awaited[process] = Awaited(beginning: now, last: now)
        default:
            if !awaited.isEmpty {
                awaited[process] = nil
            }
        }
    }

    /// When supervisord is to be woken next; nil where nothing is awaited, or where its own clock does as well.
    var next: ContinuousClock.Instant? {
        awaited.values.compactMap { Self.next($0) }.min()
    }

    /// Notes that supervisord has been woken.
    ///
    /// - Parameter now: The present moment.
    mutating func nudged(at now: ContinuousClock.Instant) {
        for (process, entry) in awaited {
            if let time = Self.next(entry), time <= now {
                awaited[process]?.last = now
            }
        }
    }

    private static func next(_ entry: Awaited) -> ContinuousClock.Instant? {
        let interval = max(shortestInterval, entry.beginning.duration(to: entry.last) / slowness)
        return interval < ownInterval ? entry.last + interval : nil
    }
}
