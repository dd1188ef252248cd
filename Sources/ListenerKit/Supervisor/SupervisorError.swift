/// Why a call to supervisord failed.
@nonexhaustive
public enum SupervisorError: Error, Equatable, Sendable {
    /// Nothing listens there, or the system does not allow the connection.
    case cannotReach(endpoint: Endpoint, error: SystemError)
    /// The host of the server URL has no address.
    case unknownHost(endpoint: Endpoint, reason: String)
    /// There was no complete reply within the timeout; supervisord may still carry out the call.
    case timedOut(method: String, endpoint: Endpoint, after: Duration)
    /// supervisord requires a user name and a password, or rejects those that it got.
    case unauthorized(endpoint: Endpoint, hasCredentials: Bool)
    /// The answer is an HTTP error status; 500 if supervisord failed to handle the call.
    case httpStatus(Int, method: String, endpoint: Endpoint)
    /// The connection was lost after it had been established.
    case connectionLost(SystemError, method: String, endpoint: Endpoint)
    /// The reply ends too early.
    case cutOff(method: String, endpoint: Endpoint)
    /// The reply cannot be one of supervisord's.
    case malformedReply(reason: String, method: String, endpoint: Endpoint)
    /// An argument has a character that cannot be sent to supervisord.
    case invalidArgument(character: Unicode.Scalar, method: String)
    /// supervisord rejected the call with a fault.
    case fault(Fault, method: String, endpoint: Endpoint)
}

extension SupervisorError {
    /// The fault, if supervisord answered with one: `error.fault?.known == .alreadyStarted`.
    public var fault: Fault? {
        guard case .fault(let fault, _, _) = self else {
            return nil
        }
        return fault
    }

    /// Whether supervisord is shutting down or restarting: it rejects nearly every call then.
    public var isShutdown: Bool {
        fault?.known == .shutdownState
    }

    /// Whether supervisord knows none of the calls, and will not until it is restarted with another configuration.
    var isForGood: Bool {
        fault?.known == .unknownMethod
    }
}
