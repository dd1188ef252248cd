/// supervisord, as its XML-RPC interface lets it be asked and told.
///
/// Each call has a connection of its own, and a thread of its own while it lasts, so that calls neither wait for
/// one another nor hold up other tasks. A call ends with the reply or at its time limit, also where its task is
/// cancelled: what supervisord has been told cannot be taken back. Only where the name of another host has to be
/// looked up it may last longer, for as long as the name service takes.
public struct Supervisor: Sendable {
    /// Where it answers.
    public let endpoint: Endpoint
    /// What it is told to let a call through, if anything.
    public let credentials: Credentials?
    /// How long a call may take that is given no time limit of its own.
    public let timeout: Duration

    /// Describes how to reach supervisord, without doing so yet.
    ///
    /// - Parameters:
    ///   - endpoint: Where it answers.
    ///   - credentials: User name and password, where its server section asks for them.
    ///   - timeout: How long a call may take that is given no time limit of its own.
    public init(endpoint: Endpoint, credentials: Credentials? = nil, timeout: Duration = .seconds(10)) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.timeout = timeout
    }

    /// Calls any method, of supervisord itself or of what is plugged into it.
    ///
    /// - Parameters:
    ///   - method: The whole name of the method: `supervisor.getState`.
    ///   - parameters: The values to call it with.
    ///   - timeout: How long the call may take; that of all calls where this is `nil`.
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

    /// Makes calls on a thread of their own, which they may block.
    ///
    /// - Parameter calls: The calls.
    /// - Returns: What they return.
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

    /// Calls any method on the current thread, which waits for the reply: for programs without tasks.
    ///
    /// - Parameters:
    ///   - method: The whole name of the method: `supervisor.getState`.
    ///   - parameters: The values to call it with.
    ///   - timeout: How long the call may take; that of all calls where this is `nil`.
    ///   - beforeLastByte: Called when all but the last byte is on its way: supervisord carries out the call only once
    ///     this has returned.
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

    /// Calls a method and reads its reply as what it must be.
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
