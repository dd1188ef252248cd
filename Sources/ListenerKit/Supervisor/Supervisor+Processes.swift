extension Supervisor {
    /// Returns all processes in supervisord's order: by group, then by name.
    ///
    /// - Parameter timeout: How long the call may take.
    /// - Returns: The information about each process.
    /// - Throws: ``SupervisorError``.
    public func allProcessInfo(
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessInformation] {
        try await call("supervisor.getAllProcessInfo", within: timeout) { reply in
            reply.array?.compactMap { ProcessInformation($0) }
        }
    }

    /// Returns all processes, and blocks the current thread until the reply arrives: for programs without tasks.
    ///
    /// - Parameter timeout: How long the call may take.
    /// - Returns: The information about each process.
    /// - Throws: ``SupervisorError``.
    package func allProcessInfoBlocking(
        within timeout: Duration? = nil
    ) throws(SupervisorError) -> [ProcessInformation] {
        let method = "supervisor.getAllProcessInfo"
        guard let members = try callBlocking(method, within: timeout).array else {
            throw .malformedReply(reason: "it has a value of an unexpected type", method: method, endpoint: endpoint)
        }
        return members.compactMap { ProcessInformation($0) }
    }

    /// Returns the information about one process.
    ///
    /// - Parameters:
    ///   - name: Its name as in `supervisorctl`: `web`, or `group:web`.
    ///   - timeout: How long the call may take.
    /// - Returns: The information.
    /// - Throws: ``SupervisorError``.
    public func processInfo(
        of name: String,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> ProcessInformation {
        try await call("supervisor.getProcessInfo", [.string(name)], within: timeout) { ProcessInformation($0) }
    }

    /// Starts a process, or all processes of a group if the name is `group:*`.
    ///
    /// Without waiting, the call returns once the process has been started, even if it exits at once. A process that is still
    /// stopping is not started, which supervisord reports only to a call that waits.
    ///
    /// - Parameters:
    ///   - name: Its name as in `supervisorctl`: `web`, or `group:web`.
    ///   - wait: Whether the call returns only once the process is RUNNING, or will never be.
    ///   - timeout: How long the call may take, including the wait.
    /// - Returns: The result for each process of a group; empty for a single process.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func startProcess(
        _ name: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("startProcess", name, wait, timeout)
    }

    /// Stops a process, or all processes of a group if the name is `group:*`.
    ///
    /// - Parameters:
    ///   - name: Its name as in `supervisorctl`: `web`, or `group:web`.
    ///   - wait: Whether the call returns only once the process has stopped.
    ///   - timeout: How long the call may take, including the wait.
    /// - Returns: The result for each process of a group; empty for a single process.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func stopProcess(
        _ name: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("stopProcess", name, wait, timeout)
    }

    /// Sends a signal to a process, or to all processes of a group if the name is `group:*`.
    ///
    /// - Parameters:
    ///   - name: Its name as in `supervisorctl`: `web`, or `group:web`.
    ///   - signal: The signal.
    /// - Returns: The result for each process of a group; empty for a single process.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func signalProcess(
        _ name: String,
        _ signal: Signal
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await call("supervisor.signalProcess", [.string(name), .string("\(signal.rawValue)")]) {
            ProcessResult.all($0)
        }
    }

    /// Writes to the standard input of a process.
    ///
    /// - Parameters:
    ///   - name: Its name as in `supervisorctl`: `web`, or `group:web`.
    ///   - characters: The text; control characters other than tab, line feed and carriage return cannot be sent.
    /// - Throws: ``SupervisorError``.
    public func sendProcessStdin(_ name: String, _ characters: String) async throws(SupervisorError) {
        try await call("supervisor.sendProcessStdin", [.string(name), .string(characters)])
    }

    /// Calls a method that takes a name and whether to wait.
    func change(
        _ method: String,
        _ name: String,
        _ wait: Bool,
        _ timeout: Duration?
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await call("supervisor.\(method)", [.string(name), .boolean(wait)], within: timeout) { reply in
            ProcessResult.all(reply)
        }
    }
}
