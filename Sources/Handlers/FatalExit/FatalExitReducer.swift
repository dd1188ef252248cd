import ListenerKit

/// The whole of `--fatal-exit` as a value: follows what happens, and answers with what is to be done.
///
/// It decides what is asked, and whether supervisord is shut down; it neither calls supervisord nor looks at a clock. The handler
/// carries out its commands, and brings it the answers before anything else.
struct FatalExitReducer {
    /// The part of a configuration by which programs are judged.
    struct Configuration {
        /// The programs that can shut down supervisord.
        let programs: WatchedPrograms
        /// The order of starts, before anything is known; nil if there is none, or if it does not matter.
        let startup: StartupProgress?
    }

    /// What is left to do once questions are answered.
    struct Remainder {
        /// Whether to find out whether all have exited.
        var mayAllHaveExited = false
        /// Whether the alarm may have to go off at another time.
        var concernsAlarm = false
        /// Whether a snapshot is needed, by which processes can be forgotten that supervisord does not know any more.
        var isCrowded = false
    }

    /// After a call that supervisord has not answered, it is asked how things stand, but not at once.
    static let delayAfterFailure = Duration.milliseconds(500)
    /// How long to wait after a group was added, or after the first event of a process that is new.
    private static let delayAfterGroup = Duration.milliseconds(100)
    /// How long a program that is about to be started may take to be so: supervisord refuses one without its command, and
    /// reports that only to the caller.
    static let startTimeout = Duration.seconds(10)

    private(set) var policy: FatalExitPolicy
    /// Nil if supervisord cannot be nudged, or if it does not matter when it sees a failure.
    var nudges: FailureNudges?
    /// Whether supervisord can be asked anything.
    let canAsk: Bool
    /// Whether to ask for a snapshot if supervisord may have read another configuration.
    private let asksForUpdates: Bool
    /// Processes that the configuration does not have, by their events.
    var unknownProcesses: Set<ProcessName> = []
    /// When everything counts as exited although programs that are about to be started still have not been; nil if there are
    /// none.
    var startDeadline: ContinuousClock.Instant?
    /// When the alarm goes off.
    var alarm: ContinuousClock.Instant?
    var isAlarmSet = false
    var isShuttingDown = false
    /// Whether a snapshot was asked for, and has not come yet.
    private var isSnapshotDue = false
    /// The cause for a shutdown, while supervisord is asked about it.
    var cause: FatalExitCause?
    /// What is left to do once the question is answered that was asked last.
    var remainder = Remainder()

    /// Begins to watch.
    init(_ beginning: FatalExitBeginning) {
        let triggers = beginning.triggers
        canAsk = beginning.canAsk
        asksForUpdates = beginning.asksForUpdates
        policy = FatalExitPolicy(triggers, beginning.configuration.programs, startup: beginning.configuration.startup)
        nudges = canAsk && (triggers.contains(.fatal) || triggers.contains(.allExited)) ? FailureNudges() : nil
    }

    /// Judges by another configuration from now on, if there is one.
    mutating func adopt(_ configuration: Configuration?) {
        if let configuration {
            policy.adopt(configuration.programs, startup: configuration.startup)
        }
    }

    /// Follows one change of state.
    ///
    /// - Parameters:
    ///   - event: The change.
    ///   - now: The present time; it is asked for only if it matters.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ event: ProcessStateEvent,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) -> [FatalExitCommand] {
        guard !isShuttingDown, let program = policy.programs.watched(event.process) else {
            return []
        }
        let request = program.isKnown ? [] : noticeUnknownProcess(event.process)
        let judgement = policy.apply(event.transition, to: event.process, program, from: event.previous, at: now())
        let awaitsFailure = nudges?.apply(
            event.transition,
            to: event.process,
            failedStarts: judgement.failedStarts,
            startRetries: program.startRetries,
            at: now()
        )
        // Most events change nothing about the alarm.
        let concernsAlarm = judgement.mayBeLastExit || isAlarmSet || awaitsFailure ?? false
        let isCrowded = judgement.isCrowded || awaitsFailure ?? false && nudges?.isCrowded ?? false
        guard !judgement.isIrrelevant || concernsAlarm || isCrowded else {
            return request
        }
        remainder = Remainder(
            mayAllHaveExited: judgement.mayBeLastExit,
            concernsAlarm: concernsAlarm,
            isCrowded: isCrowded
        )
        return request + (judgement.cause.map { lookInto($0) } ?? goOn())
    }

    /// Follows that a group was added or removed.
    ///
    /// - Parameter event: What has become of the group.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ event: ProcessGroupEvent) -> [FatalExitCommand] {
        event.change == .added ? requestSnapshotSoon() : []
    }

    /// Follows what supervisord does; nothing is to be done any more once it is being shut down.
    ///
    /// - Parameter event: What it does.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ event: SupervisorStateEvent) -> [FatalExitCommand] {
        guard event.state == .stopping else {
            return []
        }
        isShuttingDown = true
        return moveAlarm()
    }

    /// Finds what happened while the listener did not watch.
    ///
    /// - Parameters:
    ///   - snapshot: How all processes stand.
    ///   - configuration: Another configuration that supervisord has read; nil if it is still the same.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ snapshot: Snapshot,
        _ configuration: Configuration?,
        at now: ContinuousClock.Instant
    ) -> [FatalExitCommand] {
        isSnapshotDue = false
        adopt(configuration)
        if case .lostEvents = snapshot.reason {
            policy.eventsWereLost()
        }
        let known = Set(snapshot.processes.map { $0.name })
        unknownProcesses.formIntersection(known)
        policy.forgetAll(except: known)
        nudges?.forgetAll(except: known)
        // It may be some moments old, and what others have started since would not be in it.
        let mayAllHaveExited = policy.allExited(in: snapshot.processes, countsStarts: false, at: now) != nil
        remainder = Remainder(mayAllHaveExited: mayAllHaveExited, concernsAlarm: mayAllHaveExited)
        guard !isShuttingDown, let cause = policy.cause(in: snapshot.processes) else {
            return goOn()
        }
        return lookInto(cause)
    }
}

// MARK: - What follows

extension FatalExitReducer {
    /// Asks whether there still is a cause for a shutdown.
    mutating func lookInto(_ cause: FatalExitCause) -> [FatalExitCommand] {
        self.cause = cause
        return [.ask(about: cause.process)]
    }

    /// Returns what is to be done next of what is left.
    mutating func goOn() -> [FatalExitCommand] {
        if remainder.mayAllHaveExited {
            remainder.mayAllHaveExited = false
            if !isShuttingDown, canAsk {
                return [.askAboutAllProcesses]
            }
        }
        let change = remainder.concernsAlarm ? moveAlarm() : []
        return change + (remainder.isCrowded ? requestSnapshot(after: .zero) : [])
    }

    /// Finds out whether the alarm is to go off at another time than before.
    private mutating func moveAlarm() -> [FatalExitCommand] {
        let next = isShuttingDown ? nil : earliest(nudges?.next(), startDeadline)
        guard next != alarm else {
            return []
        }
        alarm = next
        isAlarmSet = next != nil
        return [.setAlarm(at: next)]
    }
}

// MARK: - Snapshots

extension FatalExitReducer {
    /// Asks for a snapshot at the first event of a process that the configuration does not have.
    private mutating func noticeUnknownProcess(_ process: ProcessName) -> [FatalExitCommand] {
        asksForUpdates && unknownProcesses.insert(process).inserted ? requestSnapshotSoon() : []
    }

    /// Groups come and go in numbers, and one snapshot is enough for all of them.
    private mutating func requestSnapshotSoon() -> [FatalExitCommand] {
        asksForUpdates ? requestSnapshot(after: Self.delayAfterGroup) : []
    }

    private mutating func requestSnapshot(after delay: Duration) -> [FatalExitCommand] {
        guard !isSnapshotDue else {
            return []
        }
        isSnapshotDue = true
        return [.requestSnapshot(after: delay)]
    }
}
