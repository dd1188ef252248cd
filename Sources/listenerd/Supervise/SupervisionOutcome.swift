import ListenerKit

/// How supervisord has ended, and the exit status of `supervise` that follows from it.
struct SupervisionOutcome {
    /// How supervisord has ended.
    let end: TerminationStatus
    /// The status that a listener has recorded, if any.
    let recordedStatus: UInt8?
    /// The signals that supervisord was sent to shut it down.
    let shutdownSignals: [Signal]
    /// Whether a listener has failed for good that `supervise` cannot do without.
    let hasLostListener: Bool
    /// Whether supervisord was killed because it missed its deadline, which has been reported.
    let isOverdue: Bool
    /// What has failed, as a listener has recorded it, or as it was found here; nil if nothing has.
    var cause: String?
    /// When what is left has to be killed; nil if nothing was being stopped.
    var deadline: ContinuousClock.Instant?

    /// The exit status of `supervise`.
    ///
    /// In this order: the status that a listener has recorded; 70 if a listener that would have recorded one has failed for good;
    /// 0 if supervisord was told to shut down and had to be killed; else supervisord's own status, or 128+n after signal n.
    var exitStatus: ExitStatus {
        if let recordedStatus {
            return ExitStatus(rawValue: Int32(recordedStatus))
        }
        if hasLostListener {
            return .failedForGood
        }
        if isOverdue {
            return .success
        }
        switch end {
        case .exited(let status): return ExitStatus(rawValue: status)
        // A signal that arrives before supervisord can handle it.
        case .killed(let signal) where shutdownSignals.contains(signal): return .success
        case .killed(let signal): return ExitStatus(rawValue: 128 + signal.rawValue)
        }
    }

    /// Why the exit status is another than 0, a line each.
    var reasons: [String] {
        let lines = [cause, message?.text].compactMap { $0 }
        return lines.isEmpty ? ["supervisord has ended"] : lines
    }

    /// Whether supervisord may have left programs running, because it has not exited as it should.
    var leavesProgramsRunning: Bool { end != .exited(0) }

    /// The message about it, if it is worth one.
    var message: (level: Reporter.Level, text: String)? {
        if isOverdue {
            return recordedStatus.map { (.info, "exiting with status \($0), which a listener recorded") }
        }
        switch end {
        case .exited(0):
            return recordedStatus.map {
                (.info, "supervisord exited; exiting with status \($0), which a listener recorded")
            }
        case .exited(let status) where [126, 127].contains(status):
            let cause = "as env and shells do if they cannot run a program; check the interpreter in its #! line"
            return (.error, "supervisord exited with status \(status), \(cause)")
        case .exited(let status):
            return (.error, "supervisord exited with status \(status)")
        case .killed(let signal) where shutdownSignals.contains(signal):
            return (.info, "supervisord was killed by \(signal) before it could stop its programs")
        case .killed(let signal):
            return (.error, "supervisord was killed by \(signal)")
        }
    }
}

extension SupervisionOutcome {
    /// Creates the outcome of a supervision that is over.
    ///
    /// - Parameters:
    ///   - end: How supervisord has ended.
    ///   - state: The facts known at the end.
    ///   - loss: What has become of a listener that `supervise` cannot do without; nil if nothing has.
    init(end: TerminationStatus, _ state: Supervision.State, loss: String?) {
        self.init(
            end: end,
            recordedStatus: state.recordedStatus,
            shutdownSignals: state.shutdownSignals,
            hasLostListener: state.hasLostListener,
            isOverdue: state.shutdownDeadline?.hasPassed ?? false,
            cause: state.recordedReason ?? (state.hasLostListener ? loss : nil),
            deadline: state.shutdownDeadline?.time
        )
    }
}
