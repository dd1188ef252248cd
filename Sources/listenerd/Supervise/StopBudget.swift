import ListenerKit

/// How long supervisord may take to stop all programs.
struct StopBudget {
    /// For supervisord's own work, on a busy machine.
    static let grace = Duration.seconds(10)
    /// What a group takes beyond its `stopwaitsecs` if nothing nudges supervisord: up to a second until it notices that the time
    /// is up, and another until it notices that a program that it has killed has exited.
    private static let loopDelay = 2
    /// Longer than anybody waits, and short enough for arithmetic.
    private static let limit = 366 * 24 * 60 * 60

    /// The longest time that the programs may take, in seconds.
    let seconds: Int

    /// Adds up the times that a configuration allows.
    ///
    /// supervisord stops one group after the other, and the processes of a group at the same time.
    ///
    /// - Parameters:
    ///   - configuration: supervisord's configuration.
    ///   - isNudged: Whether supervisord is nudged while it waits.
    init(_ configuration: SupervisorConfiguration, isNudged: Bool) {
        var longest: [String: Int] = [:]
        for program in configuration.programs + configuration.eventListeners.map(\.program) {
            let seconds = min(max(program.stopWaitSeconds, 0), Self.limit)
            for process in program.processes {
                longest[process.group] = max(longest[process.group] ?? 0, seconds)
            }
        }
        seconds = longest.values.reduce(0) { min($0 + $1 + (isNudged ? 0 : Self.loopDelay), Self.limit) }
    }

    /// How long a shutdown may take, with some grace.
    var duration: Duration { .seconds(seconds) + Self.grace }
}
