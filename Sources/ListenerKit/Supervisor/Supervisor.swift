/// A client of supervisord's XML-RPC interface.
///
/// Each call has its own connection and, while it lasts, its own thread, so that calls neither wait for each other nor hold up
/// other tasks. A call ends with the reply or at its timeout, even if its task is canceled: a call that supervisord has received
/// cannot be taken back. It may take longer only if the name of another host has to be resolved, as long as the name service takes.
public struct Supervisor: Sendable {
    /// The address at which supervisord listens.
    public let endpoint: Endpoint
    /// The user name and password, if its server section requires them.
    public let credentials: Credentials?
    /// How long a call may take that has no timeout of its own.
    public let timeout: Duration

    /// Creates a client; it does not connect yet.
    ///
    /// - Parameters:
    ///   - endpoint: The address at which supervisord listens.
    ///   - credentials: The user name and password, if its server section requires them.
    ///   - timeout: How long a call may take that has no timeout of its own.
    public init(endpoint: Endpoint, credentials: Credentials? = nil, timeout: Duration = .seconds(10)) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.timeout = timeout
    }

    /// Calls any method, of supervisord itself or of a plug-in.
    ///
    /// - Parameters:
    ///   - method: The full name of the method: `supervisor.getState`.
    ///   - parameters: The arguments.
    ///   - timeout: How long the call may take; ``timeout`` if this is `nil`.
    /// - Returns: The value of the reply.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func call(
        _ method: String,
        _ parameters: [XMLRPCValue] = [],
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> XMLRPCValue {
        try await onOwnThread { () throws(SupervisorError) in try callBlocking(method, parameters, within: timeout) }
    }

    /// Makes calls on their own thread, which they may block.
    ///
    /// - Parameter calls: The calls.
    /// - Returns: Their result.
    /// - Throws: ``SupervisorError``.
    func onOwnThread<Value: Sendable>(
        _ calls: @escaping @Sendable () throws(SupervisorError) -> Value
    ) async throws(SupervisorError) -> Value {
        let outcome: Result<Value, SupervisorError>
        do {
            outcome = try await onThread { Result { () throws(SupervisorError) in try calls() } }
        } catch {
            throw .cannotReach(endpoint: endpoint, error: error)
        }
        return try outcome.get()
    }

    /// Calls any method, and blocks the current thread until the reply arrives: for programs without tasks.
    ///
    /// - Parameters:
    ///   - method: The full name of the method: `supervisor.getState`.
    ///   - parameters: The arguments.
    ///   - timeout: How long the call may take; ``timeout`` if this is `nil`.
    ///   - beforeLastByte: Called once all but the last byte has been sent: supervisord carries out the call only after this has
    ///     returned.
    /// - Returns: The value of the reply.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    package func callBlocking(
        _ method: String,
        _ parameters: [XMLRPCValue] = [],
        within timeout: Duration? = nil,
        beforeLastByte: (@Sendable () -> Void)? = nil
    ) throws(SupervisorError) -> XMLRPCValue {
        let exchange = Exchange(
            endpoint: endpoint,
            credentials: credentials,
            method: method,
            timeout: timeout ?? self.timeout,
            beforeLastByte: beforeLastByte
        )
        return try exchange.call(parameters)
    }

    /// Calls a method, and converts its reply to the type that it must have.
    func call<Value>(
        _ method: String,
        _ parameters: [XMLRPCValue] = [],
        within timeout: Duration? = nil,
        as read: (XMLRPCValue) -> Value?
    ) async throws(SupervisorError) -> Value {
        guard let value = read(try await call(method, parameters, within: timeout)) else {
            throw .malformedReply(reason: "it has a value of an unexpected type", method: method, endpoint: endpoint)
        }
        return value
    }
}
