package import ListenerKit

/// The order in which programs stop: that of the starts, read backwards.
///
/// - A program stops once all that depend on it have stopped, directly or by way of others, whether these run or not. What does not
///   depend on each other stops at the same time, and so do programs that wait for each other.
/// - Programs outside the graph stop by supervisord's own rule, the greater `priority` of their groups first, and at the same time as
///   those inside.
/// - Event listeners stop last, by supervisord itself.
package struct StopPlan: Sendable {
    /// The steps, each after those that must be over before it.
    package let steps: [StopStep]
    /// The event listeners, in the order in which supervisord stops them: one after the other.
    package let listeners: [StopStep]

    /// The longest `stopwaitsecs` that is not cut: a year, longer than anyone waits, and short enough for arithmetic.
    package static let longestStop = 366 * 24 * 60 * 60

    /// Reads the order of starts backwards.
    ///
    /// - Parameters:
    ///   - startup: The order of starts.
    ///   - configuration: The configuration that it was read from.
    package init(_ startup: StartupPlan, _ configuration: SupervisorConfiguration) {
        let awaited = startup.programs.filter { $0.isManaged }.flatMap { $0.dependencies.map { $0.parent } }
        let parents = Set(Set(awaited).flatMap { startup.parents[$0].programs })
        let outside = startup.programs.indices.filter { !startup.programs[$0].isManaged && !parents.contains($0) }
        var builder = StopPlanBuilder(configuration)
        builder.addGraph(StartupGraph(startup.programs, startup.parents), without: Set(outside))
        builder.addByPriority(outside)
        steps = builder.steps
        let pools = Dictionary(configuration.eventListeners.map { ($0.name, $0.program) }) { first, _ in first }
        // supervisord stops its groups in the reverse of the order in which it starts them.
        listeners = configuration.groups.reversed().compactMap { pools[$0.name] }.filter { !$0.processes.isEmpty }.map {
            StopStep($0, $0.processes, after: [])
        }
    }
}

extension StopPlan {
    /// The longest time that the stop may take, in seconds.
    package var seconds: Int { StopForecast(self).seconds }
}
