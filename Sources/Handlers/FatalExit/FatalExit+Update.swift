public import ListenerKit

extension FatalExit: ProcessGroupHandler {
    /// Finds out whether the configuration has changed with a group that was added.
    ///
    /// - Parameter event: The group that was added or removed.
    public func handle(_ event: ProcessGroupEvent) {
        if event.change == .added {
            configuration?.mayHaveChanged(at: context.now)
        }
        for command in recorded.apply(.group(event), at: context.now) {
            carryOutAtOnce(command)
        }
    }

    /// Finds out whether supervisord has read another configuration.
    ///
    /// - Returns: The configuration that a snapshot shows first; nil if it is still the same.
    func newConfiguration(_ snapshot: Snapshot) -> FatalExitReducer.Configuration? {
        configuration?.follow(snapshot, context).map { Self.judged(context, $0) }
    }

    /// Reads what matters of supervisord's configuration: the programs, and the order of starts, if `--ordered-startup` keeps
    /// one, and it matters whether a program will still be started.
    static func judged(
        _ context: Context,
        _ configuration: SupervisorConfiguration?
    ) -> FatalExitReducer.Configuration {
        let programs = WatchedPrograms(context[ShutdownOptions.programs], configuration)
        guard let configuration, context.isSelected(HandlerName.orderedStartup),
            context[ShutdownOptions.triggers].contains(.allExited)
        else {
            return FatalExitReducer.Configuration(programs: programs, startup: nil)
        }
        let failurePolicy = context.value(of: FailurePolicy.option, from: HandlerName.orderedStartup)
        return FatalExitReducer.Configuration(
            programs: programs,
            startup: StartupProgress(StartupPlan(configuration), policy: failurePolicy)
        )
    }
}
