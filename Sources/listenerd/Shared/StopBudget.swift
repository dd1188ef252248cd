import Handlers
import ListenerKit

/// How long supervisord may take to stop all programs by itself.
struct StopBudget {
    /// For supervisord's own work, on a busy machine.
    static let grace = Duration.seconds(10)
    /// The time that a group takes beyond its `stopwaitsecs` if nothing nudges supervisord: up to a second until it notices that the time
    /// is up, and another until it notices that a program that it has killed has exited.
    private static let loopDelay = 2

    /// The groups that have processes, with the longest `stopwaitsecs` of each, the greatest first.
    let groups: [(name: String, seconds: Int)]
    /// The longest time that the programs may take, in seconds.
    let seconds: Int

    /// Adds up the times that a configuration allows.
    ///
    /// supervisord stops one group after the other, and the processes of a group at the same time.
    ///
    /// - Parameters:
    ///   - configuration: supervisord's configuration.
    ///   - isNudged: Whether supervisord is nudged while it waits, so that each group takes no longer than its `stopwaitsecs`.
    init(_ configuration: SupervisorConfiguration, isNudged: Bool) {
        var longest: [String: Int] = [:]
        for program in configuration.programs + configuration.eventListeners.map(\.program) {
            let seconds = min(max(program.stopWaitSeconds, 0), StopPlan.longestStop)
            for process in program.processes {
                longest[process.group] = max(longest[process.group] ?? 0, seconds)
            }
        }
        groups = longest.map { ($0.key, $0.value) }.sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) }
        seconds = groups.reduce(0) { min($0 + $1.seconds + (isNudged ? 0 : Self.loopDelay), StopPlan.longestStop) }
    }

    /// How long a shutdown may take, with some grace.
    var duration: Duration { .seconds(seconds) + Self.grace }
}
