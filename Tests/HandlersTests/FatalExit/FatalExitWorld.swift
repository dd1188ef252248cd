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
    ///   - configuration: The text of supervisord's; nil if it cannot be read.
    ///   - isOrdered: Whether ordered startup is selected too.
    /// - Throws: An error if the configuration makes no sense.
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
        judge(name, previous, transition)?.cause
    }

    /// Has the policy judge a change of state; nil if the program is not watched.
    mutating func judge(
        _ name: String,
        _ previous: ProcessState,
        _ transition: ProcessStateEvent.Transition
    ) -> FatalExitPolicy.Judgement? {
        policy.programs.watched(.of(name)).map {
            policy.apply(transition, to: .of(name), $0, from: previous, at: now)
        }
    }
}
