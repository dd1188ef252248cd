import ListenerKit

/// The deadline for everything to stop, once that has begun.
struct ShutdownDeadline {
    /// What is to be done now.
    enum Step: Equatable {
        /// Report that it takes long.
        case remind
        /// Kill the programs that are left, and tell supervisord to end.
        case killPrograms
        /// Kill supervisord; this process inherits its programs then.
        case killSupervisord
        /// Stop waiting for supervisord, which has been killed and has not ended.
        case giveUp
    }

    /// What the time that everything may take follows from.
    enum Limit: Equatable {
        /// The `stopwaitsecs` of all groups, which supervisord stops one after the other, with some grace.
        case groups
        /// The `stopwaitsecs` of the programs that stop one after the other in an ordered stop, with some grace.
        case order
        /// `--stop-timeout`.
        case option
    }

    /// When to report that the shutdown takes long: after the time that supervisord gives a program by default.
    private static let reminderDelay = Duration.seconds(10)
    /// How long supervisord may take to notice that all of its programs were killed, and to end.
    private static let endTimeout = Duration.milliseconds(250)
    /// How long to wait after SIGKILL, which does not end a process that waits for a broken device.
    private static let killTimeout = Duration.seconds(10)

    /// When to call ``step(at:)`` next, at the latest.
    var next: ContinuousClock.Instant { min(reminder ?? time, time) }
    /// The time of the next step that kills something.
    private(set) var time: ContinuousClock.Instant
    /// Whether the deadline has passed, so that what was left was killed.
    var hasPassed: Bool { nextStep != .killPrograms }

    private let signal: Signal
    private let start: ContinuousClock.Instant
    private var limit: Limit
    private var timeout: Duration
    private var nextStep = Step.killPrograms
    private var reminder: ContinuousClock.Instant?

    /// Sets the deadline.
    ///
    /// - Parameters:
    ///   - signal: The signal that shuts down supervisord.
    ///   - start: When the attempt to stop everything began.
    ///   - timeout: How long that may take.
    ///   - limit: What the timeout follows from.
    init(after signal: Signal, at start: ContinuousClock.Instant, timeout: Duration, _ limit: Limit) {
        self.signal = signal
        self.start = start
        self.timeout = timeout
        self.limit = limit
        time = start + timeout
        reminder = start + Self.reminderDelay
    }

    /// Allows more time, because supervisord stops its groups itself from now on; not more than `--stop-timeout`.
    ///
    /// - Parameters:
    ///   - timeout: How long supervisord may take.
    ///   - now: The present time.
    mutating func extend(to timeout: Duration, at now: ContinuousClock.Instant) {
        guard limit != .option, !hasPassed else {
            return
        }
        limit = .groups
        self.timeout = start.duration(to: now) + timeout
        time = now + timeout
    }

    /// Returns what is to be done now; nil if nothing is.
    mutating func step(at now: ContinuousClock.Instant) -> Step? {
        if time <= now {
            reminder = nil
            defer { advance(at: now) }
            return nextStep
        }
        if let reminder, reminder <= now {
            self.reminder = nil
            return .remind
        }
        return nil
    }

    private mutating func advance(at now: ContinuousClock.Instant) {
        switch nextStep {
        case .remind, .giveUp: break
        case .killPrograms: (nextStep, time) = (.killSupervisord, now + Self.endTimeout)
        case .killSupervisord: (nextStep, time) = (.giveUp, now + Self.killTimeout)
        }
    }

    /// Returns the message that it takes long.
    ///
    /// - Parameters:
    ///   - names: The processes that still run; empty if they are not known.
    ///   - now: The present time.
    /// - Returns: The message.
    func reminder(_ names: String, at now: ContinuousClock.Instant) -> String {
        let running = names.isEmpty ? "" : "; still running: \(names)"
        let left = max(0, now.duration(to: time).components.seconds)
        let work = limit == .groups ? "shutting down" : "stopping programs"
        return """
            supervisord is still \(work) \(Self.reminderDelay.components.seconds) s after \(signal)\(running); it kills \
            each program after its stopwaitsecs, and supervise kills what is left in \(left) s
            """
    }

    /// Returns the message that the deadline has passed.
    ///
    /// - Parameter names: The processes that still run; empty if there are none, or if they are not known.
    /// - Returns: The message.
    func overdueMessage(_ names: String) -> String {
        let subject = names.isEmpty || limit == .groups ? "supervisord did not exit" : "programs did not stop"
        let grace = "\(StopBudget.grace.components.seconds) s more than"
        let reason =
            switch limit {
            case .groups: "\(grace) the stopwaitsecs of its programs add up to"
            case .order: "\(grace) their stopwaitsecs add up to in the order in which they stop"
            case .option: "the time that --stop-timeout allows"
            }
        let programs = "what still runs: \(names)"
        let victims = names.isEmpty ? "it" : limit == .groups ? "it and what it still runs: \(names)" : programs
        return "\(subject) within \(timeout.exactSeconds) s of \(signal), \(reason); killing \(victims)"
    }
}
