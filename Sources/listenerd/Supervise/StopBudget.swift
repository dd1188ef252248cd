import ListenerKit

/// How long supervisord may take to stop everything.
struct StopBudget {
    /// For what supervisord has to do itself, on a machine that is busy.
    static let grace = Duration.seconds(10)
    /// What a group may take beyond its `stopwaitsecs` if nothing wakes supervisord: a second until it sees that the time is
    /// up, and one until it sees that what it has killed has ended.
    private static let sleep = 2
    /// Longer than anybody waits, and short enough to be counted with.
    private static let longest = 366 * 24 * 60 * 60

    /// The longest time that the programs may take, in seconds.
    let seconds: Int

    /// Adds up what a configuration allows.
    ///
    /// supervisord stops one group after the other, and the processes of one at once.
    ///
    /// - Parameters:
    ///   - configuration: What supervisord runs.
    ///   - isWoken: Whether supervisord is nudged while it waits.
    init(_ configuration: SupervisorConfiguration, isWoken: Bool) {
        var longest: [String: Int] = [:]
        for program in configuration.programs + configuration.eventListeners.map(\.program) {
            let seconds = min(max(program.stopWaitSeconds, 0), Self.longest)
            for process in program.processes {
                longest[process.group] = max(longest[process.group] ?? 0, seconds)
            }
        }
        let sum = longest.values.reduce(0) { min($0 + $1 + (isWoken ? 0 : Self.sleep), Self.longest) }
        seconds = sum
    }

    /// After how long supervisord does not stop anything any more.
    var duration: Duration { .seconds(seconds) + Self.grace }
}
