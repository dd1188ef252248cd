extension Supervisor {
    /// What supervisord is about, in its own numbers.
    public enum State: Int, Sendable {
        /// It has failed.
        case fatal = 2
        /// It works as usual.
        case running = 1
        /// It stops everything, and then starts over.
        case restarting = 0
        /// It stops everything, and then ends.
        case shutdown = -1
    }

    /// What supervisord is about; one that restarts or shuts down answers with the fault `SHUTDOWN_STATE` instead.
    ///
    /// - Throws: ``SupervisorError``.
    public func state() async throws(SupervisorError) -> State {
        try await call("supervisor.getState") { $0["statecode"]?.int.flatMap(State.init) }
    }

    /// The process id of supervisord.
    ///
    /// - Throws: ``SupervisorError``.
    public func pid() async throws(SupervisorError) -> Int {
        try await call("supervisor.getPID") { $0.int }
    }

    /// The version of the interface: `3.0`.
    ///
    /// - Throws: ``SupervisorError``.
    public func apiVersion() async throws(SupervisorError) -> String {
        try await call("supervisor.getAPIVersion") { $0.string }
    }

    /// The version of supervisord: `4.3.0`.
    ///
    /// - Throws: ``SupervisorError``.
    public func supervisorVersion() async throws(SupervisorError) -> String {
        try await call("supervisor.getSupervisorVersion") { $0.string }
    }

    /// The value of `identifier=` in its configuration.
    ///
    /// - Throws: ``SupervisorError``.
    public func identification() async throws(SupervisorError) -> String {
        try await call("supervisor.getIdentification") { $0.string }
    }

    /// Tells supervisord to stop everything and to end; it does so after it has answered.
    ///
    /// - Throws: ``SupervisorError``.
    public func shutdown() async throws(SupervisorError) {
        try await call("supervisor.shutdown")
    }

    /// Tells supervisord to stop everything and to end, at a moment at which nothing is being started: what supervisord has
    /// just forked would not hear that it is to stop.
    ///
    /// - Parameters:
    ///   - process: supervisord's process, if it runs beside this one.
    ///   - startLock: What every start from here is made under.
    ///   - timeout: How long the call may take, beside that wait.
    /// - Throws: ``SupervisorError``.
    package func shutDown(
        _ process: SupervisordProcess,
        _ startLock: StartLock,
        within timeout: Duration
    ) async throws(SupervisorError) {
        try await onOwnThread { () throws(SupervisorError) in
            let deadline = ContinuousClock.now + SupervisordProcess.startTimeout
            return try startLock.hold(timeout: SupervisordProcess.startTimeout) { () throws(SupervisorError) in
                _ = try callBlocking("supervisor.shutdown", within: timeout + SupervisordProcess.startTimeout) {
                    process.waitUntilChildrenExecute(by: deadline)
                }
            }
        }
    }

    /// Tells supervisord to stop everything, read its configuration and start over; it does so after it has answered.
    ///
    /// - Throws: ``SupervisorError``.
    public func restart() async throws(SupervisorError) {
        try await call("supervisor.restart")
    }

    /// Sends an event of the kind `REMOTE_COMMUNICATION` to every listener that wants such.
    ///
    /// - Parameters:
    ///   - type: What kind of message it is, in words of one's own.
    ///   - data: The message.
    /// - Throws: ``SupervisorError``.
    public func sendRemoteCommEvent(type: String, data: String) async throws(SupervisorError) {
        try await call("supervisor.sendRemoteCommEvent", [.string(type), .string(data)])
    }

    /// Calls several methods in one exchange; supervisord runs one after the other, whatever becomes of them.
    ///
    /// - Parameters:
    ///   - calls: What to call; `system.multicall` itself is refused.
    ///   - timeout: How long all of them may take together.
    /// - Returns: For each call, in the same order, its value or its fault.
    /// - Throws: ``SupervisorError``, where the exchange itself fails.
    public func multicall(
        _ calls: [MethodCall],
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [Result<XMLRPCValue, Fault>] {
        try await call("system.multicall", [multicallParameter(calls)], within: timeout) { value in
            multicallResults(value, count: calls.count)
        }
    }

    /// Calls several methods in one exchange, for programs without tasks: the current thread waits for the reply.
    ///
    /// - Parameter calls: What to call; `system.multicall` itself is refused.
    /// - Returns: For each call, in the same order, its value or its fault.
    /// - Throws: ``SupervisorError``, where the exchange itself fails.
    package func multicallBlocking(
        _ calls: [MethodCall]
    ) throws(SupervisorError) -> [Result<XMLRPCValue, Fault>] {
        let method = "system.multicall"
        let reply = try callBlocking(method, [multicallParameter(calls)])
        guard let results = multicallResults(reply, count: calls.count) else {
            throw .malformedReply(reason: "it has a value of an unexpected type", method: method, endpoint: endpoint)
        }
        return results
    }

    private func multicallParameter(_ calls: [MethodCall]) -> XMLRPCValue {
        .array(calls.map { ["methodName": .string($0.method), "params": .array($0.parameters)] })
    }

    private func multicallResults(_ reply: XMLRPCValue, count: Int) -> [Result<XMLRPCValue, Fault>]? {
        guard let values = reply.array, values.count == count else {
            return nil
        }
        return values.map { $0["faultCode"] == nil ? .success($0) : .failure(Fault($0)) }
    }
}
