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

    private var awaited = ProcessMemory<Awaited>()

    /// supervisord's default for `startretries`.
    private static let usualRetries = 3

    /// Takes one change of state.
    ///
    /// - Parameters:
    ///   - process: The process that changed.
    ///   - transition: The state that it entered.
    ///   - failedStarts: How many starts of it have failed in a row; nil if that is not known.
    ///   - startRetries: How often supervisord tries again; nil if that is not known.
    ///   - now: The present moment.
    mutating func take(
        _ process: ProcessName,
        _ transition: ProcessStateEvent.Transition,
        failedStarts: Int? = nil,
        startRetries: Int?,
        at now: ContinuousClock.Instant
    ) {
        switch transition {
        case .backoff(let tries):
            // It is tried again after as many seconds as there were tries.
            let tries = failedStarts ?? tries
            let beginning = tries > startRetries ?? Self.usualRetries ? now : now + .seconds(tries)
            awaited[process] = Awaited(beginning: beginning, last: beginning)
        case .starting(let tries) where tries > 0 || startRetries == 0:
            awaited[process] = Awaited(beginning: now, last: now)
        default:
            if !awaited.values.isEmpty {
                awaited[process] = nil
            }
        }
    }

    /// When supervisord is to be woken next; nil where nothing is awaited, or where its own clock does as well.
    var next: ContinuousClock.Instant? {
        awaited.values.values.compactMap { Self.next($0) }.min()
    }

    /// Notes that supervisord has been woken.
    ///
    /// - Parameter now: The present moment.
    mutating func nudged(at now: ContinuousClock.Instant) {
        for (process, entry) in awaited.values {
            guard let time = Self.next(entry) else {
                // supervisord's own clock does as well from now on.
                awaited[process] = nil
                continue
            }
            if time <= now {
                awaited[process]?.last = now
            }
        }
    }

    /// Whether it is time for ``forgetAll(except:)``.
    var isCrowded: Bool { awaited.isCrowded }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    mutating func forgetAll(except known: Set<ProcessName>) {
        awaited.forgetAll(except: known)
    }

    private static func next(_ entry: Awaited) -> ContinuousClock.Instant? {
        NudgeInterval.next(after: entry.last, since: entry.beginning)
    }
}
