import ListenerKit

/// The outcome of a start that supervisord was asked for.
enum StartOutcome: Equatable, Sendable {
    /// supervisord has started the process.
    case started
    /// Another client has started it before.
    case alreadyStarted
    /// supervisord could not start it, and tries again by itself.
    case spawnError
    /// supervisord does not start it.
    case refused(reason: String, lacksCommand: Bool)
    /// supervisord starts nothing any more.
    case shuttingDown
    /// It is not known whether supervisord has received the call, for that reason.
    case unconfirmed(reason: String)

    /// Reads supervisord's answer.
    ///
    /// - Parameter fault: The fault; nil if it has started the process.
    init(_ fault: Fault?) {
        guard let fault else {
            self = .started
            return
        }
        self =
            switch fault.known {
            case .alreadyStarted: .alreadyStarted
            case .spawnError: .spawnError
            case .shutdownState: .shuttingDown
            case .noFile, .notExecutable: .refused(reason: fault.message, lacksCommand: true)
            default: .refused(reason: fault.message, lacksCommand: false)
            }
    }
}
