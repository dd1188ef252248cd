/// Why a process reaches nothing more unless somebody starts it.
enum StartupFailure: Equatable, Sendable {
    /// supervisord has given it up.
    case fatal
    /// It has ended, and is not restarted.
    case ended(isExpected: Bool)
    /// An operator has stopped it.
    case stopped
    /// supervisord refuses to start it, and says why.
    case refused(String)
    /// supervisord has no such process.
    case unknown
    /// It is neither started here nor by supervisord, and why not.
    case neverStarted(String)

    /// Whether somebody is at work there, or has yet to be; that is no failure.
    var isUpToOperator: Bool {
        switch self {
        case .stopped, .unknown, .neverStarted: true
        case .fatal, .ended, .refused: false
        }
    }

    /// Whether it comes after a start.
    var wasStarted: Bool {
        switch self {
        case .fatal, .ended, .stopped: true
        case .refused, .unknown, .neverStarted: false
        }
    }

    /// Whether it matters even where nobody waits.
    var mattersAlone: Bool {
        switch self {
        case .refused, .unknown: true
        case .fatal, .ended, .stopped, .neverStarted: false
        }
    }

    /// One sentence about a process.
    func description(of name: String) -> String {
        switch self {
        case .fatal: "\(name) is FATAL"
        case .ended(isExpected: true): "\(name) has exited"
        case .ended(isExpected: false): "\(name) has exited unexpectedly and is not restarted"
        case .stopped: "\(name) was stopped"
        case .refused(let reason): "\(name) cannot be started: \(reason)"
        case .unknown:
            "supervisord does not know \(name), which is in its configuration file by now: see supervisorctl update"
        case .neverStarted(let reason): "\(name) has \(reason)"
        }
    }
}
