extension Supervisor {
    /// The states of supervisord, with its own numbers.
    public enum State: Int, Sendable {
        /// It has failed.
        case fatal = 2
        /// It is running normally.
        case running = 1
        /// It is stopping everything, and will restart.
        case restarting = 0
        /// It is stopping everything, and will exit.
        case shutdown = -1
    }

    /// Returns supervisord's state; during a restart or a shutdown, it answers with the fault `SHUTDOWN_STATE` instead.
    ///
    /// - Throws: ``SupervisorError``.
    public func state() async throws(SupervisorError) -> State {
        try await call("supervisor.getState") { $0["statecode"]?.int.flatMap(State.init) }
    }

    /// Returns supervisord's process id.
    ///
    /// - Throws: ``SupervisorError``.
    public func pid() async throws(SupervisorError) -> Int {
        try await call("supervisor.getPID") { $0.int }
    }

    /// Returns the version of the interface: `3.0`.
    ///
    /// - Throws: ``SupervisorError``.
    public func apiVersion() async throws(SupervisorError) -> String {
        try await call("supervisor.getAPIVersion") { $0.string }
    }

    /// Returns the version of supervisord: `4.3.0`.
    ///
    /// - Throws: ``SupervisorError``.
    public func supervisorVersion() async throws(SupervisorError) -> String {
        try await call("supervisor.getSupervisorVersion") { $0.string }
    }

    /// Returns the value of `identifier=` in its configuration.
    ///
    /// - Throws: ``SupervisorError``.
    public func identification() async throws(SupervisorError) -> String {
        try await call("supervisor.getIdentification") { $0.string }
    }

    /// Shuts down supervisord: it stops everything and exits, after it has answered.
    ///
    /// - Throws: ``SupervisorError``.
    public func shutdown() async throws(SupervisorError) {
        try await call("supervisor.shutdown")
    }

    /// Shuts down supervisord at a moment at which nothing is being started: a child that supervisord has just forked would ignore
    /// the signal to stop.
    ///
    /// - Parameters:
    ///   - process: supervisord's process, if it runs on this machine.
    ///   - startLock: The lock that every start by this process holds.
    ///   - timeout: How long the call may take, besides that wait.
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

    /// Restarts supervisord: it stops everything, reads its configuration and starts again, after it has answered.
    ///
    /// - Throws: ``SupervisorError``.
    public func restart() async throws(SupervisorError) {
        try await call("supervisor.restart")
    }

    /// Sends a `REMOTE_COMMUNICATION` event to every listener that subscribes to it.
    ///
    /// - Parameters:
    ///   - type: The type of the message, of your own choice.
    ///   - data: The message.
    /// - Throws: ``SupervisorError``.
    public func sendRemoteCommEvent(type: String, data: String) async throws(SupervisorError) {
        try await call("supervisor.sendRemoteCommEvent", [.string(type), .string(data)])
    }

    /// Calls several methods in one exchange; supervisord carries them out one after the other, even if one fails.
    ///
    /// - Parameters:
    ///   - calls: The calls; supervisord rejects `system.multicall` among them.
    ///   - timeout: How long all of them may take together.
    /// - Returns: The value or the fault of each call, in the same order.
    /// - Throws: ``SupervisorError`` if the exchange itself fails.
    public func multicall(
        _ calls: [MethodCall],
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [Result<XMLRPCValue, Fault>] {
        try await call("system.multicall", [multicallParameter(calls)], within: timeout) { value in
            multicallResults(value, count: calls.count)
        }
    }

    /// Calls several methods in one exchange, and blocks the current thread until the reply arrives: for programs without tasks.
    ///
    /// - Parameters:
    ///   - calls: The calls; supervisord rejects `system.multicall` among them.
    ///   - timeout: How long all of them may take together.
    ///   - beforeLastByte: Called once all but the last byte has been sent: supervisord carries out the calls only after this has
    ///     returned.
    /// - Returns: The value or the fault of each call, in the same order.
    /// - Throws: ``SupervisorError`` if the exchange itself fails.
    package func multicallBlocking(
        _ calls: [MethodCall],
        within timeout: Duration? = nil,
        beforeLastByte: (@Sendable () -> Void)? = nil
    ) throws(SupervisorError) -> [Result<XMLRPCValue, Fault>] {
        let method = "system.multicall"
        let parameters = [multicallParameter(calls)]
        let reply = try callBlocking(method, parameters, within: timeout, beforeLastByte: beforeLastByte)
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
