import ListenerKit

/// When to nudge supervisord, so that it sees soon that a process has failed once more.
///
/// Its next look at exits and at tries that are due may be a second away. So it is nudged as long as a process may become
/// FATAL.
struct FailureNudges {
    private var schedule = WakeSchedule<ProcessName>()

    /// supervisord's default for `startretries`.
    private static let defaultRetries = 3

    /// Follows one change of state.
    ///
    /// - Parameters:
    ///   - transition: The state that a process has entered.
    ///   - process: The process.
    ///   - failedStarts: How many starts of it have failed in a row; nil if that is not known.
    ///   - startRetries: How often supervisord tries again; nil if that is not known.
    ///   - now: The present time; it is asked for only if it matters.
    /// - Returns: Whether something is awaited, of this process or others.
    @discardableResult
    mutating func apply(
        _ transition: ProcessStateEvent.Transition,
        to process: ProcessName,
        failedStarts: Int? = nil,
        startRetries: Int?,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) -> Bool {
        switch transition {
        case .backoff(let tries):
            // It is tried again after as many seconds as there were tries.
            let tries = failedStarts ?? tries
            let isLast = tries > startRetries ?? Self.defaultRetries
            schedule.schedule(process, from: isLast ? now() : now() + .seconds(tries))
        case .starting(let tries) where tries > 0 || startRetries == 0:
            schedule.schedule(process, from: now())
        default:
            schedule.cancel(process)
        }
        return !schedule.isEmpty
    }

    /// Finds when to nudge supervisord next.
    ///
    /// - Returns: The time; nil if nothing is awaited, or if supervisord's own clock does as well.
    mutating func next() -> ContinuousClock.Instant? {
        schedule.first()?.time
    }

    /// Records that supervisord has been nudged.
    ///
    /// - Parameter now: The present time.
    mutating func nudged(at now: ContinuousClock.Instant) {
        schedule.nudged(at: now)
    }

    /// Whether it is time for ``forgetAll(except:)``.
    var isCrowded: Bool { schedule.isCrowded }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    mutating func forgetAll(except known: Set<ProcessName>) {
        schedule.forgetAll(except: known)
    }
}
