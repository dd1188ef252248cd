public import ListenerKit

/// Shuts down supervisord when a program has failed for good, or when another trigger is met.
public final class FatalExit {
    /// The triggers that shut down supervisord.
    package static var triggers: Option<[ShutdownTrigger]> { ShutdownOptions.triggers }
    /// After a call that supervisord has not answered, it is asked how things stand, but not at once.
    private static let delayAfterFailure = Duration.milliseconds(500)
    /// How long a program that is about to be started may take to be so: supervisord refuses one without its command, and
    /// reports that to nobody else.
    private static let startTimeout = Duration.seconds(10)

    let context: Context
    private let supervisor: Supervisor?
    private let shutdown: SupervisordShutdown
    private var programs: WatchedPrograms
    /// supervisord's configuration, by which the programs are judged; nil if there is none.
    var configuration: FollowedConfiguration?
    private var policy: FatalExitPolicy
    /// Nil if supervisord cannot be nudged, or if it does not matter when it sees a failure.
    private var nudges: FailureNudges?
    /// When everything counts as exited although programs that are about to be started still have not been; nil if there are
    /// none.
    private var startDeadline: ContinuousClock.Instant?
    private var alarm: ContinuousClock.Instant?
    private var isAlarmSet = false
    private var isShuttingDown = false
    /// Whether a snapshot was asked for, and has not come yet.
    var isSnapshotDue = false

    /// Reads what matters from supervisord's configuration, and reports what cannot be judged without.
    ///
    /// - Parameter context: What the listener offers.
    public init(_ context: Context) {
        self.context = context
        let supervisor = Result { () throws(NoSupervisorError) in try context.supervisor() }
        let configuration = Result { () throws(ConfigurationError) in try context.configuration() }
        self.supervisor = try? supervisor.get()
        shutdown = SupervisordShutdown(context)
        programs = WatchedPrograms(context[ShutdownOptions.programs], try? configuration.get())
        self.configuration = (try? configuration.get()).map { FollowedConfiguration($0) }
        let triggers = context[ShutdownOptions.triggers]
        policy = FatalExitPolicy(
            triggers,
            programs,
            startup: Self.startup(context, try? configuration.get())
        )
        if self.supervisor != nil, triggers.contains(.fatal) || triggers.contains(.allExited) {
            nudges = FailureNudges()
        }
        reportWhatIsMissing(triggers, supervisor, configuration)
    }

    /// Plans the order of starts, if `--ordered-startup` keeps one, and it matters whether a program will still be started.
    private static func startup(
        _ context: Context,
        _ configuration: SupervisorConfiguration?
    ) -> StartupProgress? {
        guard let configuration, context.isSelected(HandlerName.orderedStartup),
            context[ShutdownOptions.triggers].contains(.allExited)
        else {
            return nil
        }
        let failurePolicy = context.value(of: FailurePolicy.option, from: HandlerName.orderedStartup)
        return StartupProgress(StartupPlan(configuration), policy: failurePolicy)
    }

    /// Judges by another configuration, if supervisord has read one.
    private func followConfiguration(_ snapshot: Snapshot) {
        if let new = configuration?.follow(snapshot, context) {
            programs = WatchedPrograms(context[ShutdownOptions.programs], new)
            policy.adopt(programs, startup: Self.startup(context, new))
        }
    }

    /// Shuts down supervisord, once, and not if that is under way already.
    private func shutDown(because cause: FatalExitCause?) async {
        if let cause, !isShuttingDown {
            isShuttingDown = true
            isShuttingDown = await shutdown.shutDown(because: cause.process) { cause.verdict($0) }
        }
    }

    /// Asks about all processes, and shuts down supervisord if all have exited.
    private func shutDownIfAllHaveExited() async {
        guard !isShuttingDown, let supervisor else {
            return
        }
        do throws(SupervisorError) {
            let time = context.now
            let processes = try await supervisor.allProcessInfo()
            // What was added just now may still be started.
            followConfiguration(Snapshot(processes: processes, reason: .request, time: time))
            if let cause = policy.allExited(in: processes) {
                return await shutDown(because: cause)
            }
            guard let cause = policy.allExited(in: processes, countsStarts: false) else {
                startDeadline = nil
                return
            }
            let deadline = startDeadline ?? context.now + Self.startTimeout
            startDeadline = deadline > context.now ? deadline : nil
            if startDeadline == nil {
                await shutDown(because: cause)
            }
        } catch {
            startDeadline = nil
            if !error.isShutdown {
                context.requestSnapshot(after: Self.delayAfterFailure)
            }
        }
    }

    private func setAlarm() {
        let next = isShuttingDown ? nil : earliest(nudges?.next(), startDeadline)
        if next != alarm {
            alarm = next
            isAlarmSet = next != nil
            context.setAlarm(at: next)
        }
    }

    /// Asks for a snapshot, by which processes can be forgotten that supervisord does not know any more.
    private func requestSnapshotToForgetBy() {
        if !isSnapshotDue {
            isSnapshotDue = true
            context.requestSnapshot()
        }
    }
}

extension FatalExit: ProcessStateHandler {
    /// `fatal-exit`.
    public static var name: String { HandlerName.fatalExit }
    /// Its line in help.
    public static var summary: String { "shut down supervisord when a program has failed for good" }
    /// The triggers, the programs, and the status.
    public static var options: [any OptionDeclaration] {
        [ShutdownOptions.triggers, ShutdownOptions.programs, ShutdownOptions.status]
    }
    /// Every change of state: those that are no failure tell how often a program was started, and have supervisord nudged, so
    /// that it delivers a failure in milliseconds instead of seconds.
    public static var events: [EventKind] { [.processState] }

    /// Shuts down supervisord if the change meets a trigger.
    ///
    /// - Parameter event: The change.
    public func handle(_ event: ProcessStateEvent) async {
        if let judgement = judge(event) {
            await act(on: judgement)
        }
    }

    /// Follows a change.
    ///
    /// - Returns: What follows from it; nil if nothing does.
    func judge(_ event: ProcessStateEvent) -> FatalExitPolicy.Judgement? {
        guard !isShuttingDown, let program = programs.watched(event.process) else {
            return nil
        }
        if !program.isKnown {
            noticeUnknownProcess(event.process)
        }
        var judgement = policy.apply(
            event.transition,
            to: event.process,
            program,
            from: event.previous,
            at: context.now
        )
        let awaitsFailure = nudges?.apply(
            event.transition,
            to: event.process,
            failedStarts: judgement.failedStarts,
            startRetries: program.startRetries,
            at: context.now
        )
        // Most events change nothing about the alarm.
        judgement.concernsAlarm = judgement.mayBeLastExit || isAlarmSet || awaitsFailure ?? false
        judgement.isCrowded = judgement.isCrowded || awaitsFailure ?? false && nudges?.isCrowded ?? false
        guard !judgement.isIrrelevant else {
            return nil
        }
        return judgement
    }

    /// Does what follows from a change.
    func act(on judgement: FatalExitPolicy.Judgement) async {
        if let cause = judgement.cause {
            await shutDown(because: cause)
        }
        if judgement.mayBeLastExit {
            await shutDownIfAllHaveExited()
        }
        if judgement.concernsAlarm {
            setAlarm()
        }
        if judgement.isCrowded {
            requestSnapshotToForgetBy()
        }
    }
}

extension FatalExit: SupervisorStateHandler {
    /// Does nothing more once supervisord is being shut down.
    ///
    /// - Parameter event: What supervisord does.
    public func handle(_ event: SupervisorStateEvent) {
        if event.state == .stopping {
            isShuttingDown = true
            setAlarm()
        }
    }
}

extension FatalExit: SnapshotHandler {
    /// Finds what happened while this listener did not run.
    ///
    /// - Parameter snapshot: How processes stand.
    public func handle(_ snapshot: Snapshot) async {
        isSnapshotDue = false
        followConfiguration(snapshot)
        if case .lostEvents = snapshot.reason {
            policy.eventsWereLost()
        }
        let known = Set(snapshot.processes.map { $0.name })
        policy.forgetAll(except: known)
        nudges?.forgetAll(except: known)
        await shutDown(because: policy.cause(in: snapshot.processes))
        if policy.allExited(in: snapshot.processes, countsStarts: false) != nil {
            // It may be some moments old, and what others have started since would not be in it.
            await shutDownIfAllHaveExited()
            setAlarm()
        }
    }
}

extension FatalExit: AlarmHandler {
    /// Nudges supervisord, so that it looks at its processes; or finds out what has become of programs that were to start.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) async {
        alarm = nil
        isAlarmSet = false
        if let startDeadline, startDeadline <= event.time {
            await shutDownIfAllHaveExited()
        } else {
            // What the answer is does not matter.
            _ = try? await supervisor?.state()
        }
        nudges?.nudged(at: event.time)
        setAlarm()
    }
}
