extension SupervisorError: CustomStringConvertible {
    /// One sentence without a full stop: what failed, where, and what to do.
    public var description: String {
        switch self {
        case .cannotReach(let endpoint, let error):
            "cannot reach supervisord at \(endpoint): \(error.reason)\(error.advice(for: endpoint))"
        case .unknownHost(let endpoint, let reason):
            """
            cannot reach supervisord at \(endpoint): the host name cannot be resolved (\(reason)); a numeric address \
            needs no name service
            """
        case .timedOut(let method, let endpoint, let limit):
            "supervisord at \(endpoint) did not answer \(method) within \(limit)"
        case .unauthorized(let endpoint, let hasCredentials):
            SupervisorError.unauthorized(endpoint, hasCredentials)
        case .httpStatus(let status, let method, let endpoint):
            SupervisorError.status(status, method, endpoint)
        case .connectionLost(let error, let method, let endpoint):
            "the connection to supervisord at \(endpoint) was lost during \(method): \(error.reason); has it exited?"
        case .cutOff(let method, let endpoint):
            "supervisord at \(endpoint) closed the connection before its reply to \(method) was complete; has it exited?"
        case .malformedReply(let reason, let method, let endpoint):
            "cannot read the reply of \(endpoint) to \(method): \(reason); is it supervisord that is listening there?"
        case .invalidArgument(let scalar, let method):
            "cannot call \(method) with the character U+\(hexadecimal(scalar)), which supervisord does not accept"
        case .fault(let fault, let method, let endpoint):
            SupervisorError.fault(fault, method, endpoint)
        }
    }

    private static func unauthorized(_ endpoint: Endpoint, _ hasCredentials: Bool) -> String {
        let complaint =
            hasCredentials
            ? "rejected the user name and password"
            : "requires a user name and a password"
        return """
            supervisord at \(endpoint) \(complaint); set SUPERVISOR_USERNAME and SUPERVISOR_PASSWORD to username= and \
            password= of its server section
            """
    }

    private static func status(_ status: Int, _ method: String, _ endpoint: Endpoint) -> String {
        switch status {
        case 404:
            "\(endpoint) has no XML-RPC interface (HTTP status 404); is it supervisord that is listening there?"
        case 500:
            "supervisord at \(endpoint) failed to handle \(method) (HTTP status 500); see its log"
        default:
            "\(endpoint) answered \(method) with HTTP status \(status); is it supervisord that is listening there?"
        }
    }

    private static func fault(_ fault: Fault, _ method: String, _ endpoint: Endpoint) -> String {
        if fault.known == .unknownMethod, method.utf8.starts(with: "supervisor.".utf8) {
            return """
                supervisord at \(endpoint) does not know \(method): its configuration has no [rpcinterface:supervisor]; add \
                that section with supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface, and \
                restart supervisord
                """
        }
        if fault.known == .shutdownState {
            return "supervisord at \(endpoint) is shutting down or restarting, and rejected \(method)"
        }
        return "supervisord at \(endpoint) rejected \(method): \(fault)"
    }
}

/// Returns the number of a character in Unicode's notation: `001B`.
private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}
