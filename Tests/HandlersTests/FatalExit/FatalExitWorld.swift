import ListenerKit

@testable import Handlers

/// A policy, and the supervisord that it watches, as a test writes them down.
struct FatalExitWorld {
    var policy: FatalExitPolicy
    var now = ContinuousClock.now

    /// Sets up a policy.
    ///
    /// - Parameters:
    ///   - triggers: As on the command line.
    ///   - selection: As on the command line; nil for all.
    ///   - configuration: The text of supervisord's; nil where it cannot be read.
    ///   - isOrdered: Whether ordered startup is selected too.
    /// - Throws: Where the configuration makes no sense.
    init(
        _ triggers: String,
        programs selection: String? = nil,
        _ configuration: String?,
        isOrdered: Bool = false
    ) throws {
        let configuration = try configuration.map { try SupervisorConfiguration.of($0) }
        let plan = isOrdered ? configuration.map { StartupPlan($0) } : nil
        let selection = selection.flatMap { ProgramSelection(optionText: $0) } ?? .all
        policy = FatalExitPolicy(
            [ShutdownTrigger](optionText: triggers) ?? [],
            WatchedPrograms(selection, configuration),
            startup: plan.map { StartupProgress($0) }
        )
    }

    mutating func see(
        _ name: String,
        _ previous: ProcessState,
        _ transition: ProcessStateEvent.Transition
    ) -> FatalExitCause? {
        policy.take(.of(name), transition, from: previous, at: now)
    }
}
