/// Why a process reaches no further state unless an operator starts it.
enum StartupFailure: Equatable, Sendable {
    /// supervisord has given it up.
    case fatal
    /// It has exited, and is not restarted.
    case exited(isExpected: Bool)
    /// It has exited at once with the status of a child of supervisord that could not execute the command.
    case notExecuted
    /// It is up, and its gates have not passed; the words follow "is".
    case notReady(String)
    /// An operator has stopped it.
    case stopped
    /// supervisord refuses to start it, for that reason.
    case refused(String)
    /// supervisord has no such process.
    case unknown
    /// It is neither started here nor by supervisord, and why not.
    case neverStarted(String)

    /// Whether an operator has caused it or has to repair it, so that it is no failure.
    var isUpToOperator: Bool {
        switch self {
        case .stopped, .unknown, .neverStarted: true
        case .fatal, .exited, .notExecuted, .notReady, .refused: false
        }
    }

    /// The conditions that the process can no longer reach.
    var lostConditions: StartupConditions {
        if case .notReady = self { .running } else { .all }
    }

    /// What has to become of the process so that others can go on; the word follows "until it is".
    var cure: String {
        switch self {
        case .fatal, .exited, .notExecuted, .stopped: "started again"
        case .notReady: "ready"
        case .refused, .unknown, .neverStarted: "started"
        }
    }

    /// Whether it is reported even if no other program waits.
    var isReportedAlone: Bool {
        switch self {
        case .refused, .unknown, .notExecuted: true
        case .fatal, .exited, .notReady, .stopped, .neverStarted: false
        }
    }

    /// Returns a sentence about a process.
    ///
    /// - Parameters:
    ///   - name: The name of the process.
    ///   - spawnError: What supervisord says of its last start; empty if it says nothing, or was not asked.
    /// - Returns: The sentence, without a full stop.
    func description(of name: String, _ spawnError: String = "") -> String {
        switch self {
        case .fatal: "\(name) is FATAL" + (spawnError.isEmpty ? "" : ": \(spawnError)")
        case .exited(isExpected: true): "\(name) has exited"
        case .exited(isExpected: false): "\(name) has exited unexpectedly and is not restarted"
        case .notExecuted:
            "\(name) was not executed: it exited at once with status \(Self.statusOfNoExecution), as happens if supervisord "
                + "cannot enter directory=, become user= or execute command=; see its standard error"
        case .notReady(let reason): "\(name) is \(reason)"
        case .stopped: "\(name) was stopped"
        case .refused(let reason): "\(name) cannot be started: \(reason)"
        case .unknown:
            "supervisord does not know \(name), which was added to its configuration; run supervisorctl update"
        case .neverStarted(let reason): "\(name) has \(reason)"
        }
    }

    /// The status of supervisord's child if it cannot execute the command.
    static let statusOfNoExecution = 127

    /// Why a process has not started, in a word.
    var word: String {
        switch self {
        case .fatal: "FATAL"
        case .exited, .notExecuted: "EXITED"
        case .notReady(let reason): reason
        case .stopped: "STOPPED"
        case .refused(let reason): reason
        case .unknown: "unknown to supervisord"
        case .neverStarted(let reason): reason
        }
    }
}
