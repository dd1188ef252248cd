/// Why a process reaches nothing more unless somebody starts it.
enum StartupFailure: Equatable, Sendable {
    /// supervisord has given it up.
    case fatal
    /// It has ended, and is not restarted.
    case ended(isExpected: Bool)
    /// It has ended at once with the status of a child of supervisord that could not execute the command.
    case notExecuted
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
        case .fatal, .ended, .notExecuted, .refused: false
        }
    }

    /// Whether it comes after a start.
    var wasStarted: Bool {
        switch self {
        case .fatal, .ended, .notExecuted, .stopped: true
        case .refused, .unknown, .neverStarted: false
        }
    }

    /// Whether it is said even if nobody waits.
    var isSaidAlone: Bool {
        switch self {
        case .refused, .unknown, .notExecuted: true
        case .fatal, .ended, .stopped, .neverStarted: false
        }
    }

    /// One sentence about a process.
    ///
    /// - Parameters:
    ///   - name: The name of the process.
    ///   - spawnError: What supervisord says of its last start; empty if it says nothing, or was not asked.
    /// - Returns: The sentence, without a full stop.
    func description(of name: String, _ spawnError: String = "") -> String {
        switch self {
        case .fatal: "\(name) is FATAL" + (spawnError.isEmpty ? "" : ": \(spawnError)")
        case .ended(isExpected: true): "\(name) has exited"
        case .ended(isExpected: false): "\(name) has exited unexpectedly and is not restarted"
        case .notExecuted:
            "\(name) was not executed: it exited at once with status \(Self.statusOfNoExecution), as happens if supervisord "
                + "cannot enter directory=, become user= or execute command=; see its standard error"
        case .stopped: "\(name) was stopped"
        case .refused(let reason): "\(name) cannot be started: \(reason)"
        case .unknown:
            "supervisord does not know \(name), which was added to its configuration; run supervisorctl update"
        case .neverStarted(let reason): "\(name) has \(reason)"
        }
    }

    /// What supervisord's child ends with if it cannot execute the command.
    static let statusOfNoExecution = 127

    /// In a word, why a process has not started; nil if supervisord has more to say of that.
    var word: String {
        switch self {
        case .fatal: "FATAL"
        case .ended, .notExecuted: "EXITED"
        case .stopped: "STOPPED"
        case .refused(let reason): reason
        case .unknown: "unknown to supervisord"
        case .neverStarted(let reason): reason
        }
    }
}
