public import ListenerKit

/// Ends supervisord when a program has failed for good, or something else has happened that is to end it.
public final class FatalExit {
    static let status = Option<UInt8?>(
        "status",
        "n",
        help: "the exit status of supervise after a failure; by default the program's own, or 70"
    )
    /// What ends supervisord.
    package static let triggers = Option<[ShutdownTrigger]>(
        "on",
        "list",
        help: "the triggers that shut down supervisord, separated by commas",
        default: [.fatal]
    )
    static let programs = Option<ProgramSelection>(
        "programs",
        "list",
        help: "the programs that can cause that: web, group:web, group:*, or !web for all but one; by default all",
        default: .all
    )
    /// After a call that nobody answered, supervisord is asked how things stand, but not at once.
    private static let delayAfterFailure = Duration.milliseconds(500)
    /// How long a program that is about to be started may take to be so: supervisord refuses one without its command, and
    /// says so to nobody else.
    private static let longestDue = Duration.seconds(10)

    let context: Context
    private let supervisor: Supervisor?
    private let supervisorEnd: SupervisordShutdown
    private var programs: WatchedPrograms
    /// supervisord's configuration, by which the programs are judged; nil if there is none.
    var configuration: FollowedConfiguration?
    private var policy: FatalExitPolicy
    /// Nil where supervisord cannot be woken, or its being late does not matter.
    private var nudges: FailureNudges?
    /// When everything has ended where programs have still not been started that are about to be; nil where there are none.
    private var endOfPatience: ContinuousClock.Instant?
    private var alarm: ContinuousClock.Instant?
    private var isEnding = false
    /// Whether a snapshot was asked for, and has not come yet.
    var isSnapshotDue = false

    /// Reads what matters from supervisord's configuration, and says what cannot be judged without.
    ///
    /// - Parameter context: What the listener offers.
    public init(_ context: Context) {
        self.context = context
        let supervisor = Result { () throws(NoSupervisorError) in try context.supervisor() }
        let configuration = Result { () throws(ConfigurationError) in try context.configuration() }
        self.supervisor = try? supervisor.get()
        supervisorEnd = SupervisordShutdown(context)
        programs = WatchedPrograms(context[Self.programs], try? configuration.get())
        self.configuration = (try? configuration.get()).map { FollowedConfiguration($0) }
        let triggers = context[Self.triggers]
        policy = FatalExitPolicy(
            triggers,
            programs,
            startup: Self.startup(context, try? configuration.get())
        )
        if self.supervisor != nil, triggers.contains(.fatal) || triggers.contains(.allExited) {
            nudges = FailureNudges()
        }
        sayWhatIsMissing(triggers, supervisor, configuration)
    }

    /// The order of starts, where the listener keeps one, and it matters whether a program is still to be started.
    private static func startup(
        _ context: Context,
        _ configuration: SupervisorConfiguration?
    ) -> StartupProgress? {
        guard let configuration, context.isSelected(OrderedStartup.name), context[triggers].contains(.allExited) else {
            return nil
        }
        let failurePolicy = context.value(of: OrderedStartup.onFailure, from: OrderedStartup.name)
        return StartupProgress(StartupPlan(configuration), policy: failurePolicy)
    }

    /// The programs that end supervisord where it refuses to start them: those that it starts itself become FATAL then.
    ///
    /// - Parameters:
    ///   - context: What the listener offers.
    ///   - configuration: supervisord's configuration.
    /// - Returns: The programs; nil where none does.
    static func programsThatMustStart(
        _ context: Context,
        _ configuration: SupervisorConfiguration
    ) -> WatchedPrograms? {
        guard context.isSelected(name), context.value(of: triggers, from: name).contains(.fatal) else {
            return nil
        }
        return WatchedPrograms(context.value(of: programs, from: name), configuration)
    }

    private func sayWhatIsMissing(
        _ triggers: [ShutdownTrigger],
        _ supervisor: Result<Supervisor, NoSupervisorError>,
        _ configuration: Result<SupervisorConfiguration, ConfigurationError>
    ) {
        switch configuration {
        case .success(let configuration):
            for (severity, message) in Self.problems(ofProgramsIn: context.request, configuration) {
                context.reporter.report(severity == .error ? .error : .warning, message)
            }
        case .failure(let error):
            var losses = ["--\(Self.name) takes other listeners for programs"]
            if triggers.contains(.exit) || triggers.contains(.unexpectedExit) {
                losses.append("does not see what exited before it started")
            }
            if triggers.contains(.allExited) {
                losses.append("cannot tell whether all have exited")
            }
            context.reporter.report(.warning, "\(error); without a configuration, \(losses.joined(separator: ", "))")
        }
        if triggers.contains(.allExited), case .failure(let error) = supervisor {
            context.reporter.report(
                .warning,
                "\(error); without RPC, --\(Self.name) cannot tell whether all have exited"
            )
        }
    }

    /// Judges by another configuration that supervisord has taken over.
    private func follow(_ snapshot: Snapshot) {
        if let new = configuration?.follow(snapshot, context) {
            programs = WatchedPrograms(context[Self.programs], new)
            policy.follow(programs, startup: Self.startup(context, new))
        }
    }

    /// Ends supervisord, once, and not where it is ending anyway.
    private func end(because cause: FatalExitCause?) async {
        if let cause, !isEnding {
            isEnding = true
            isEnding = await supervisorEnd.end(because: cause)
        }
    }

    /// Looks at all processes as they are now.
    private func endIfAllHaveExited() async {
        guard !isEnding, let supervisor else {
            return
        }
        do throws(SupervisorError) {
            let time = ContinuousClock.now
            let processes = try await supervisor.allProcessInfo()
            // What was added just now may still be started.
            follow(Snapshot(processes: processes, reason: .request, time: time))
            if let cause = policy.allExited(in: processes) {
                return await end(because: cause)
            }
            guard let cause = policy.allExited(in: processes, countsStarts: false) else {
                endOfPatience = nil
                return
            }
            let deadline = endOfPatience ?? .now + Self.longestDue
            endOfPatience = deadline > .now ? deadline : nil
            if endOfPatience == nil {
                await end(because: cause)
            }
        } catch {
            endOfPatience = nil
            if !error.isShutdown {
                context.requestSnapshot(after: Self.delayAfterFailure)
            }
        }
    }

    private func setAlarm() {
        let next = isEnding ? nil : earliest(nudges?.next, endOfPatience)
        if next != alarm {
            alarm = next
            context.setAlarm(at: next)
        }
    }
}

extension FatalExit: ProcessStateHandler {
    /// `fatal-exit`.
    public static var name: String { "fatal-exit" }
    /// Its line in help.
    public static var summary: String { "shut down supervisord when a program has failed for good" }
    /// What it can be told.
    public static var options: [any OptionDeclaration] { [triggers, programs, status] }
    /// Every change of state: those that are no failure tell how often a program was started, and wake supervisord, so that it
    /// delivers a failure in milliseconds instead of seconds.
    public static var events: [EventKind] { [.processState] }

    /// Ends supervisord where the change meets a trigger.
    ///
    /// - Parameter event: The change.
    public func handle(_ event: ProcessStateEvent) async {
        guard !isEnding, let program = programs.watched(event.process) else {
            return
        }
        if !program.isKnown {
            lookAtStranger(event.process)
        }
        await end(because: policy.take(event.process, event.transition, from: event.previous, at: .now))
        if policy.mayBeLast(event.process, event.transition) {
            await endIfAllHaveExited()
        }
        nudges?.take(
            event.process,
            event.transition,
            failedStarts: policy.failedStarts[event.process],
            startRetries: program.startRetries,
            at: .now
        )
        setAlarm()
        if policy.isCrowded || nudges?.isCrowded ?? false, !isSnapshotDue {
            isSnapshotDue = true
            context.requestSnapshot()
        }
    }
}

extension FatalExit: SupervisorStateHandler {
    /// Leaves a supervisord alone that is stopping.
    ///
    /// - Parameter event: What supervisord does.
    public func handle(_ event: SupervisorStateEvent) {
        if event.state == .stopping {
            isEnding = true
            setAlarm()
        }
    }
}

extension FatalExit: SnapshotHandler {
    /// Finds what happened while nobody listened.
    ///
    /// - Parameter snapshot: How processes stand.
    public func handle(_ snapshot: Snapshot) async {
        isSnapshotDue = false
        follow(snapshot)
        if case .lostEvents = snapshot.reason {
            policy.takeLoss()
        }
        forgetAll(except: snapshot)
        await end(because: policy.take(snapshot.processes))
        if policy.allExited(in: snapshot.processes, countsStarts: false) != nil {
            // It may be some moments old, and what others have started since would not be in it.
            await endIfAllHaveExited()
            setAlarm()
        }
    }
}

extension FatalExit {
    /// Forgets processes that supervisord does not know any more.
    private func forgetAll(except snapshot: Snapshot) {
        let known = Set(snapshot.processes.map { $0.name })
        policy.forgetAll(except: known)
        nudges?.forgetAll(except: known)
    }
}

extension FatalExit: AlarmHandler {
    /// Wakes supervisord, so that it looks how its processes are; or looks what has become of programs that were to start.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) async {
        alarm = nil
        if let end = endOfPatience, end <= event.time {
            await endIfAllHaveExited()
        } else {
            // What the answer is does not matter.
            _ = try? await supervisor?.state()
        }
        nudges?.nudged(at: event.time)
        setAlarm()
    }
}
