public import ListenerKit

/// Starts programs one after the other, each when its dependencies are met.
public final class OrderedStartup {
    /// The reporter's key for starts that do not reach supervisord.
    private static let unreachable = "ordered-startup cannot reach supervisord"

    /// The policy if a program can no longer reach a state that others wait for.
    package static var onFailure: Option<FailurePolicy> { FailurePolicy.option }
    private static let timeout = Option<Duration?>("timeout", "seconds", help: "how long the whole startup may take")
    private static let exit = Option<Bool>(flag: "exit", help: "exit once everything has started")

    let context: Context
    let supervisor: Supervisor
    let shutdown: SupervisordShutdown
    let queue: StartQueue
    /// supervisord's configuration, from which the plan was read.
    private var configuration: FollowedConfiguration
    private var startup: RecordedStartup
    /// What finds out whether programs are ready; nil as long as none has gates.
    private(set) var readiness: (any ReadinessSource)?

    /// Reads the plan from supervisord's configuration.
    ///
    /// - Parameter context: What the listener offers.
    /// - Throws: ``ConfigurationError`` and ``NoSupervisorError``: without a configuration there is no plan, and without a
    ///   server nothing can be started.
    public init(_ context: Context) throws {
        self.context = context
        let configuration = try context.configuration()
        supervisor = try context.supervisor()
        shutdown = SupervisordShutdown(context)
        queue = StartQueue(supervisor, context.startLock) { context.deliverFinishedWork() }
        self.configuration = FollowedConfiguration(configuration)
        let plan = StartupPlan(configuration)
        readiness = plan.hasGates ? try context.makeReadinessSource() : nil
        let isNotified = readiness?.follow(plan, context.reporter) ?? false
        let beginning = StartupBeginning(
            configuration: .init(plan: plan, mustStart: ShutdownOptions.processesThatMustStart(in: plan, context)),
            policy: context[Self.onFailure],
            timeout: context[Self.timeout],
            endsListener: context[Self.exit],
            knowsEarlierNotifications: isNotified
        )
        startup = RecordedStartup(beginning, context.journal)
        report(plan.problems)
        reportUnheardGates(plan, configuration)
        if !plan.programs.contains(where: { $0.isManaged }) {
            context.reporter.report(
                .warning,
                "nothing to start: no program in \(configuration.basePath) has autostart=false and one of startafter, "
                    + "dependent_startup=true or startinorder=true"
            )
        }
    }

    private func report(_ problems: [ConfigurationProblem]) {
        for problem in problems {
            // The lines of the same problem may be others after an update.
            context.reporter.reportOnce(
                problem.severity == .error ? .error : .warning,
                problem.withoutSeverity,
                key: "\(problem.location.file): \(problem.message)"
            )
        }
    }

    /// Finds out whether supervisord has read another configuration.
    ///
    /// - Returns: The configuration that a snapshot shows first; nil if it is still the same.
    private func newConfiguration(_ snapshot: Snapshot) -> StartupReducer.Configuration? {
        guard startup.reducer.isConclusive(snapshot) else {
            return nil
        }
        // supervisord says nothing of a change to keys that are not its own, such as one that repairs a cycle.
        let hasErrors = startup.reducer.progress.plan.hasErrors
        let needsChecks = hasErrors || context.isSubscribed(to: .processGroupAdded) == false
        let new = configuration.follow(
            snapshot,
            hasReplacements: startup.reducer.progress.mayHaveReplacements(in: snapshot),
            needsChecks: needsChecks,
            context
        )
        guard let new else {
            return nil
        }
        let plan = StartupPlan(new)
        report(plan.problems)
        reportUnheardGates(plan, new)
        followGates(of: plan)
        return .init(plan: plan, mustStart: ShutdownOptions.processesThatMustStart(in: plan, context))
    }
}

extension OrderedStartup {
    private func reportUnheardGates(_ plan: StartupPlan, _ configuration: SupervisorConfiguration) {
        guard plan.hasGates else {
            return
        }
        for message in UnheardGates(plan, configuration, isSubscribed: { context.isSubscribed(to: $0) }).messages {
            context.reporter.reportOnce(.error, message)
        }
    }

    /// Follows the gates of another plan.
    private func followGates(of plan: StartupPlan) {
        guard plan.hasGates else {
            return
        }
        do throws(SystemError) {
            if readiness == nil {
                readiness = try context.makeReadinessSource()
            }
            _ = readiness?.follow(plan, context.reporter)
        } catch {
            context.reporter.reportOnce(.error, "cannot find out whether programs are ready: \(error)")
        }
    }
}

extension OrderedStartup: ProcessStateHandler {
    /// `ordered-startup`.
    public static var name: String { HandlerName.orderedStartup }
    /// Its line in help.
    public static var summary: String { "start programs in the order that startafter= and other keys give" }
    /// The policy, the timeout, and whether to end.
    public static var options: [any OptionDeclaration] { [onFailure, timeout, exit] }
    /// It needs every change.
    public static var events: [EventKind] { [.processState] }

    /// Starts what a change makes ready.
    ///
    /// - Parameter event: The change.
    public func handle(_ event: ProcessStateEvent) async {
        await carryOut(follow(event))
    }

    private func follow(_ event: ProcessStateEvent) -> [StartupCommand] {
        startup.apply(event, isNews: configuration.isNews(event.process), at: context.now)
    }
}

extension OrderedStartup: ProcessLogHandler, ProcessCommunicationHandler {
    /// Starts what waits for a program that is ready by its output.
    ///
    /// - Parameter event: The output.
    public func handle(_ event: ProcessLogEvent) async {
        await carryOut(startup.apply(event, at: context.now))
    }

    /// Starts what waits for a program that is ready by what it sends through supervisord.
    ///
    /// - Parameter event: The text.
    public func handle(_ event: ProcessCommunicationEvent) async {
        await carryOut(startup.apply(event, at: context.now))
    }
}

extension OrderedStartup: PromptHandler {
    /// Follows a change; most changes make nothing ready.
    package func begin(_ event: Event) -> Beginning {
        let commands: [StartupCommand]
        switch event {
        case .processState(let change): commands = follow(change)
        case .processLog(let output): commands = startup.apply(output, at: context.now)
        case .processCommunication(let text): commands = startup.apply(text, at: context.now)
        default: return .notBegun
        }
        return commands.isEmpty ? .done : .unfinished { [self] in await carryOut(commands) }
    }
}

extension OrderedStartup: ProcessGroupHandler {
    /// Asks about programs that supervisord has learned of only now, or that it has replaced.
    ///
    /// - Parameter event: The group that was added or removed.
    public func handle(_ event: ProcessGroupEvent) async {
        if event.change == .added {
            configuration.mayHaveChanged(at: context.now)
        }
        await carryOut(startup.apply(.group(event), at: context.now))
    }
}

extension OrderedStartup: SnapshotHandler {
    /// Continues the startup from the states of all processes.
    ///
    /// - Parameter snapshot: How they stand.
    public func handle(_ snapshot: Snapshot) async {
        // If the mailbox has dropped the delivery that tells of answers, they would wait for ever.
        await handleFinishedWork()
        let configuration = newConfiguration(snapshot)
        await carryOut(startup.apply(.snapshot(snapshot, configuration), at: context.now))
    }
}

extension OrderedStartup: AlarmHandler {
    /// Does what the startup has planned for a time at which nothing happens.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) async {
        await carryOut(startup.apply(.alarm, at: event.time))
    }
}

extension OrderedStartup: FinishedWorkHandler {
    /// Goes on from what supervisord has answered to starts.
    package func handleFinishedWork() async {
        var commands: [StartupCommand] = []
        for (process, outcome) in queue.removeAnswers() {
            if case .unconfirmed(let reason) = outcome {
                guard !context.isEverythingStopping else {
                    continue
                }
                context.reporter.reportOnce(
                    .warning,
                    "\(process) may not have been started: \(reason)",
                    key: Self.unreachable
                )
            } else {
                context.reporter.clear(key: Self.unreachable)
            }
            commands += startup.apply(.answer(process, outcome), at: context.now)
        }
        if let news = readiness?.removeNews(), !news.isEmpty {
            commands += startup.apply(.news(news), at: context.now)
        }
        await carryOut(commands)
    }
}

extension OrderedStartup: SupervisorDependent {}

extension OrderedStartup: OptionRules {
    /// Rejects combinations of options that contradict each other.
    ///
    /// - Parameter request: The selected handlers, and all options.
    /// - Throws: ``UsageError`` if there is one.
    public static func check(_ request: ListenRequest) throws(UsageError) {
        if request.value(of: exit, handler: name), request.handlers.count > 1 {
            throw .other("'--\(name)-\(exit.name)' cannot be combined with other handlers: it would end them too")
        }
        let policy = request.value(of: onFailure, handler: name)
        if policy == .exit, !request.handlers.contains(where: { $0.name == HandlerName.fatalExit }) {
            throw .other("The value 'exit' of '--\(name)-\(onFailure.name)' needs '--\(HandlerName.fatalExit)'")
        }
    }
}
