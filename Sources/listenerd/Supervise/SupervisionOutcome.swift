import ListenerKit

/// How it went with a supervisord, and so with which status `supervise` ends.
struct SupervisionOutcome {
    /// How supervisord ended.
    let end: TerminationStatus
    /// The status that a listener has recorded, if any.
    let recorded: UInt8?
    /// What supervisord was told to make it end.
    let orders: [Signal]
    /// Whether a listener that was to end everything has failed for good itself.
    let hasLostWatcher: Bool
    /// Whether supervisord was killed because it took longer than its programs may, which was said then.
    let isOverdue: Bool

    /// What was recorded; else that nobody was left to record anything; else what became of supervisord.
    var status: ExitStatus {
        if let recorded {
            return ExitStatus(rawValue: Int32(recorded))
        }
        if hasLostWatcher {
            return .failedForGood
        }
        if isOverdue {
            return .success
        }
        switch end {
        case .exited(let status): return ExitStatus(rawValue: status)
        // As one is told to end before one can take care of it oneself.
        case .killed(let signal) where orders.contains(signal): return .success
        case .killed(let signal): return ExitStatus(rawValue: 128 + signal.rawValue)
        }
    }

    /// Whether supervisord may have left programs behind, because it has not ended as it should.
    var leavesProgramsBehind: Bool { end != .exited(0) }

    /// What is worth saying about it.
    var message: (level: Reporter.Level, text: String)? {
        if isOverdue {
            return recorded.map { (.info, "exiting with status \($0), which a listener recorded") }
        }
        switch end {
        case .exited(0):
            return recorded.map { (.info, "supervisord exited; exiting with status \($0), which a listener recorded") }
        case .exited(let status) where [126, 127].contains(status):
            let cause = "as env and shells do if they cannot run a program; check the interpreter in its #! line"
            return (.error, "supervisord exited with status \(status), \(cause)")
        case .exited(let status):
            return (.error, "supervisord exited with status \(status)")
        case .killed(let signal) where orders.contains(signal):
            return (.info, "supervisord was killed by \(signal) before it could stop its programs")
        case .killed(let signal):
            return (.error, "supervisord was killed by \(signal)")
        }
    }
}
