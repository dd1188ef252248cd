/// Why a call to supervisord led to nothing.
@nonexhaustive
public enum SupervisorError: Error, Equatable, Sendable {
    /// Nobody answers there, or the system lets nobody through.
    case cannotReach(endpoint: Endpoint, error: SystemError)
    /// The host of the server URL has no address.
    case unknownHost(endpoint: Endpoint, reason: String)
    /// There was no whole reply within the time limit; supervisord may still do what it was told.
    case timedOut(method: String, endpoint: Endpoint, after: Duration)
    /// supervisord wants a user name and a password, or other ones.
    case unauthorized(endpoint: Endpoint, hasCredentials: Bool)
    /// The answer is an HTTP status instead of a reply: 500 where supervisord itself failed over the call.
    case httpStatus(Int, method: String, endpoint: Endpoint)
    /// The connection broke after it was made.
    case connectionLost(SystemError, method: String, endpoint: Endpoint)
    /// The reply ends too early.
    case cutOff(method: String, endpoint: Endpoint)
    /// The reply is none of supervisord's.
    case malformedReply(reason: String, method: String, endpoint: Endpoint)
    /// An argument holds a character that cannot be sent to supervisord.
    case invalidArgument(character: Unicode.Scalar, method: String)
    /// supervisord refuses, and says why.
    case fault(Fault, method: String, endpoint: Endpoint)
}

extension SupervisorError {
    /// The fault, where supervisord answered with one: `error.fault?.known == .alreadyStarted`.
    public var fault: Fault? {
        guard case .fault(let fault, _, _) = self else {
            return nil
        }
        return fault
    }

    /// Whether supervisord answered that it is stopping or restarting: it refuses nearly every call then.
    public var isShutdown: Bool {
        fault?.known == .shutdownState
    }

    /// Whether it knows none of the calls, and will not before it is started anew with another configuration.
    var isForGood: Bool {
        fault?.known == .unknownMethod
    }
}
