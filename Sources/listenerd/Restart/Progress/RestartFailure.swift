import ListenerKit

/// Why a restart ends early.
struct RestartFailure: Equatable {
    /// A reason.
    enum Reason: Equatable {
        /// supervisord refuses to stop it, or to start it.
        case refused(Fault, toStop: Bool)
        /// supervisord does not try any more to start it; the reason in its words, if it has one.
        case fatal(String?)
        /// It was up, and has exited before it was ready, or it does not come back; the status, -1 for a signal.
        case exited(status: Int)
        /// It was up, has died before it was ready, and supervisord has started it again, and does not say any more how it ended.
        case startedAgain
        /// Its gates have not passed in time.
        case unready(String)
        /// It has taken longer than it may; what it was doing.
        case timedOut(Duration, String)
        /// It does not even end by SIGKILL.
        case survived
        /// Something else has stopped it, or is stopping it.
        case stopped
        /// supervisord does not know how it stands, or does not know it.
        case unknown
    }

    /// The process.
    let process: ProcessName
    /// The reason.
    let reason: Reason
    /// Whether it had been restarted already, or was not to be restarted now.
    var isElsewhere = false

    /// The failure as a sentence without a full stop.
    var sentence: String {
        isElsewhere ? "\(process) went down meanwhile: it \(reason)" : "\(process) \(reason)"
    }
}

extension RestartFailure.Reason: CustomStringConvertible {
    /// The reason as a clause that follows the name.
    var description: String {
        switch self {
        case .refused(let fault, let isStop): "cannot be \(isStop ? "stopped" : "started"): \(fault)"
        case .fatal(let reason): "is FATAL" + (reason.map { ": \($0)" } ?? "")
        case .exited(-1): "was killed by a signal"
        case .exited(let status): "exited with status \(status)"
        case .startedAgain: "has died before it was ready, and was started again by supervisord"
        case .unready(let reason): "is not ready: \(reason)"
        case .timedOut(let timeout, let words): "was not ready within \(timeout.inShortSeconds) s: \(words)"
        case .survived: "survives SIGKILL"
        case .stopped: "was stopped by something else"
        case .unknown: "is unknown to supervisord"
        }
    }
}
