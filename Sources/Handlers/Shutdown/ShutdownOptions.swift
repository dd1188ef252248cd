import ListenerKit

/// The options of `--fatal-exit`: `--ordered-startup` follows them too when it shuts down supervisord.
enum ShutdownOptions {
    /// The status to exit with after a failure.
    static let status = Option<UInt8?>(
        "status",
        "n",
        help: "the exit status of supervise after a failure; by default the program's own, or 70"
    )
    /// The triggers that shut down supervisord.
    static let triggers = Option<[ShutdownTrigger]>(
        "on",
        "list",
        help: "the triggers that shut down supervisord, separated by commas",
        default: [.fatal]
    )
    /// Whose failures count.
    static let programs = Option<ProgramSelection>(
        "programs",
        "list",
        .process,
        help: "the programs that can cause that: web, group:web, group:*, or !web for all but one; by default all",
        default: .all
    )
}

extension ShutdownOptions {
    /// Selects the processes for which a refused start is a failure: those that supervisord starts by itself become FATAL then, and
    /// those that `--ordered-startup` starts do not.
    ///
    /// - Parameters:
    ///   - plan: The processes that are started here.
    ///   - context: What the listener offers.
    /// - Returns: The processes; none if no FATAL program shuts down supervisord.
    static func processesThatMustStart(in plan: StartupPlan, _ context: Context) -> Set<ProcessName> {
        guard context.isSelected(HandlerName.fatalExit),
            context.value(of: triggers, from: HandlerName.fatalExit).contains(.fatal)
        else {
            return []
        }
        let selection = context.value(of: programs, from: HandlerName.fatalExit)
        return Set(plan.programs.flatMap { $0.processes }.filter { selection.contains($0) })
    }
}
