import Handlers
import ListenerKit

/// What a log says of one process.
///
/// Times are seconds since the beginning of the run; infinity stands for what never was.
struct ProcessHistory {
    /// When it first reached each condition, by the positions of these; `running` is that of RUNNING, whether it was ready or not.
    private(set) var times = [Double](repeating: .infinity, count: StartupConditions.count)
    /// When the start began by which it was first RUNNING.
    private(set) var successfulStart = Double.infinity
    /// When its gates had passed.
    private(set) var ready = Double.infinity
    /// When it first failed for good: FATAL, an unexpected exit, a refused start.
    private(set) var failed = Double.infinity
    /// Why it has failed, in words, and has not been started since.
    private(set) var failure: String?
    /// The state in which it was last.
    private(set) var state: ProcessState?
    /// How often supervisord has started it again.
    private(set) var restarts = 0
    /// How often a start failed, or it exited unexpectedly.
    private(set) var failures = 0
    /// Whether supervisord starts it again by itself once it has exited; the state tells that of one that is backing off.
    private var isToBeRestarted = false

    /// When supervisord first began to start it.
    var started: Double { times.earliest(of: .started) }

    /// Follows a change of state.
    ///
    /// - Parameters:
    ///   - change: The change.
    ///   - time: When it was.
    ///   - autorestart: Whether supervisord starts the process again when it exits; nil if that is not known.
    ///   - line: The line, which may say how it exited, or why it could not be started.
    mutating func apply(_ change: ProcessStateEvent, at time: Double, _ autorestart: Autorestart?, _ line: JSONValue) {
        var reached = StartupConditions(change.transition)
        if change.previous != .stopped {
            reached.formUnion(StartupConditions(change.previous))
        }
        reach(reached, at: time)
        state = change.state
        switch change.transition {
        case .starting:
            if times.earliest(of: .running) == .infinity {
                successfulStart = time
            }
            if change.previous == .backoff || change.previous == .exited && isToBeRestarted {
                restarts += 1
            }
            failure = nil
        case .backoff: failures += 1
        case .exited(let isExpected, _):
            isToBeRestarted = autorestart?.restarts(afterExpected: isExpected) ?? true
            guard !isExpected else {
                break
            }
            failures += 1
            if autorestart.map({ !$0.restarts(afterExpected: false) }) ?? false {
                let status = line["exitstatus"]?.integer.map { $0 < 0 ? " by a signal" : " with status \($0)" } ?? ""
                fail("exited unexpectedly" + status, at: time)
            }
        case .fatal: fail("FATAL" + (line["spawnerr"]?.text.map { ": \($0)" } ?? ""), at: time)
        case .stopping, .stopped: isToBeRestarted = false
        case .running, .unknown: break
        }
    }

    /// Follows a snapshot, which may tell of what was before the log began.
    ///
    /// - Parameters:
    ///   - snapshot: The state.
    ///   - start: When it was started, if it is up.
    ///   - time: When the snapshot was.
    mutating func apply(snapshot: ProcessState, startedAt start: Double?, at time: Double) {
        state = snapshot
        guard snapshot != .stopped else {
            return
        }
        let wasUnseen = started == .infinity
        reach(StartupConditions(snapshot), at: time)
        if wasUnseen, let start {
            reach(.started, at: min(max(start, 0), time))
        }
        if snapshot == .fatal {
            fail("FATAL", at: time)
        }
    }

    /// Records that its gates have passed.
    mutating func becomeReady(at time: Double) {
        ready = min(ready, time)
    }

    /// Records that supervisord has refused to start it.
    mutating func refuse(_ reason: String, at time: Double) {
        fail("cannot be started: \(reason)", at: time)
    }

    private mutating func reach(_ conditions: StartupConditions, at time: Double) {
        for position in conditions.positions {
            times[position] = min(times[position], time)
        }
    }

    private mutating func fail(_ reason: String, at time: Double) {
        failed = min(failed, time)
        failure = reason
    }
}

extension [Double] {
    /// Returns the time at which the first of some conditions was reached, if the elements are the times of all conditions.
    func earliest(of conditions: StartupConditions) -> Double {
        conditions.positions.reduce(.infinity) { Swift.min($0, self[$1]) }
    }
}
