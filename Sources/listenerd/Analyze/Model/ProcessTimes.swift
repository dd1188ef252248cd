import Handlers

/// When a process has reached what others can wait for.
///
/// Times are seconds since the beginning; infinity stands for never.
struct ProcessTimes {
    /// When it reached each condition, by the positions of these: `running` is when it was ready.
    private(set) var conditions: [Double]
    /// When it was RUNNING, whether it was ready or not.
    private(set) var running: Double
    /// When it failed for good.
    private(set) var failed: Double

    /// Takes the times from a log.
    ///
    /// - Parameters:
    ///   - history: What the log says of the process.
    ///   - hasGates: Whether it is ready only once gates have passed.
    init(_ history: ProcessHistory, hasGates: Bool) {
        conditions = history.times
        running = conditions.earliest(of: .running)
        failed = history.failed
        for position in StartupConditions.running.positions {
            conditions[position] = hasGates ? history.ready : running
        }
    }

    /// When supervisord began to start it.
    var started: Double { conditions.earliest(of: .started) }
    /// When it was ready.
    var ready: Double { conditions.earliest(of: .running) }
    /// When it exited.
    var exited: Double { conditions.earliest(of: [.exited, .completed]) }

    /// Corrects when it was RUNNING.
    ///
    /// supervisord finds that out once a second, unless something wakes it; ordered startup does so only for what others wait for.
    ///
    /// - Parameter due: When it had been up for its `startsecs`.
    mutating func setRunning(atLatest due: Double) {
        guard running > due, running <= due + Self.mostLateness else {
            return
        }
        for position in StartupConditions.running.positions where conditions[position] == running {
            conditions[position] = due
        }
        running = due
    }

    /// What is later than this is later for another reason, in seconds.
    private static let mostLateness = 1.5

    /// Moves all times.
    mutating func shift(by seconds: Double) {
        change { $0 + seconds }
    }

    /// Lets it take another time from its start to where it should be; what came later comes as much later as before.
    ///
    /// - Parameters:
    ///   - goal: When it was where it should be.
    ///   - seconds: How long it takes from its start.
    mutating func setDuration(to goal: Double, _ seconds: Double) {
        let start = started
        guard start < .infinity, goal < .infinity else {
            return
        }
        change { time in
            time >= goal ? time - goal + start + seconds : start + min(time - start, seconds)
        }
    }

    private mutating func change(_ time: (Double) -> Double) {
        for position in conditions.indices where conditions[position] < .infinity {
            conditions[position] = time(conditions[position])
        }
        running = running < .infinity ? time(running) : running
        failed = failed < .infinity ? time(failed) : failed
    }
}
