public import ListenerKit

/// Shuts down supervisord when a program has failed for good, or when another trigger is met.
public final class FatalExit {
    /// The triggers that shut down supervisord.
    package static var triggers: Option<[ShutdownTrigger]> { ShutdownOptions.triggers }

    let context: Context
    let supervisor: Supervisor?
    let shutdown: SupervisordShutdown
    /// supervisord's configuration, by which the programs are judged; nil if there is none.
    var configuration: FollowedConfiguration?
    var recorded: RecordedFatalExit

    /// Reads what matters from supervisord's configuration, and reports what cannot be judged without.
    ///
    /// - Parameter context: What the listener offers.
    public convenience init(_ context: Context) {
        self.init(context, SupervisordShutdown(context))
    }

    /// Shuts down a certain supervisord if it comes to that.
    init(_ context: Context, _ shutdown: SupervisordShutdown) {
        self.context = context
        self.shutdown = shutdown
        let supervisor = Result { () throws(NoSupervisorError) in try context.supervisor() }
        let configuration = Result { () throws(ConfigurationError) in try context.configuration() }
        self.supervisor = try? supervisor.get()
        self.configuration = (try? configuration.get()).map { FollowedConfiguration($0) }
        let triggers = context[ShutdownOptions.triggers]
        let beginning = FatalExitBeginning(
            triggers: triggers,
            selection: context[ShutdownOptions.programs],
            status: context[ShutdownOptions.status],
            configuration: Self.judged(context, try? configuration.get()),
            canAsk: self.supervisor != nil,
            // Ordered startup asks for snapshots if it is selected.
            asksForUpdates: self.configuration != nil && !context.isSelected(HandlerName.orderedStartup)
        )
        recorded = RecordedFatalExit(beginning, context.journal)
        reportWhatIsMissing(triggers, supervisor, configuration)
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
        await carryOut(recorded.apply(event, at: context.now))
    }
}

extension FatalExit: SupervisorStateHandler {
    /// Does nothing more once supervisord is being shut down.
    ///
    /// - Parameter event: What supervisord does.
    public func handle(_ event: SupervisorStateEvent) {
        for command in recorded.apply(.supervisor(event), at: context.now) {
            carryOutAtOnce(command)
        }
    }
}

extension FatalExit: SnapshotHandler {
    /// Finds what happened while this listener did not run.
    ///
    /// - Parameter snapshot: How processes stand.
    public func handle(_ snapshot: Snapshot) async {
        let configuration = newConfiguration(snapshot)
        await carryOut(recorded.apply(.snapshot(snapshot, configuration), at: context.now))
    }
}

extension FatalExit: AlarmHandler {
    /// Nudges supervisord, so that it looks at its processes; or finds out what has become of programs that were to start.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) async {
        await carryOut(recorded.apply(.alarm, at: event.time))
    }
}
