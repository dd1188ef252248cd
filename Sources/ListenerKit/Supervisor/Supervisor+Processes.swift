extension Supervisor {
    /// All processes, as supervisord lists them: by group, then by name.
    ///
    /// - Parameter timeout: How long the call may take.
    /// - Returns: What supervisord knows about each.
    /// - Throws: ``SupervisorError``.
    public func allProcessInfo(
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessInformation] {
        try await call("supervisor.getAllProcessInfo", within: timeout) { reply in
            reply.array?.compactMap { ProcessInformation($0) }
        }
    }

    /// All processes, for programs without tasks: the current thread waits for the reply.
    ///
    /// - Parameter timeout: How long the call may take.
    /// - Returns: What supervisord knows about each.
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

    /// One process.
    ///
    /// - Parameters:
    ///   - name: Its name as `supervisorctl` takes it: `web`, or `group:web`.
    ///   - timeout: How long the call may take.
    /// - Returns: What supervisord knows about it.
    /// - Throws: ``SupervisorError``.
    public func processInfo(
        of name: String,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> ProcessInformation {
        try await call("supervisor.getProcessInfo", [.string(name)], within: timeout) { ProcessInformation($0) }
    }

    /// Starts a process, or all of a group where the name is `group:*`.
    ///
    /// Without waiting, the call returns once the process has been started, though it may end at once. A process
    /// that is still stopping is not started at all, and supervisord does not say so unless the call waits.
    ///
    /// - Parameters:
    ///   - name: Its name as `supervisorctl` takes it: `web`, or `group:web`.
    ///   - wait: Whether the call returns only once the process is RUNNING, or never will be.
    ///   - timeout: How long the call may take, with all of its waiting.
    /// - Returns: What became of each process of a group; nothing for a process by its own name.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func startProcess(
        _ name: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("startProcess", name, wait, timeout)
    }

    /// Stops a process, or all of a group where the name is `group:*`.
    ///
    /// - Parameters:
    ///   - name: Its name as `supervisorctl` takes it: `web`, or `group:web`.
    ///   - wait: Whether the call returns only once the process has ended.
    ///   - timeout: How long the call may take, with all of its waiting.
    /// - Returns: What became of each process of a group; nothing for a process by its own name.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func stopProcess(
        _ name: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("stopProcess", name, wait, timeout)
    }

    /// Sends a signal to a process, or to all of a group where the name is `group:*`.
    ///
    /// - Parameters:
    ///   - name: Its name as `supervisorctl` takes it: `web`, or `group:web`.
    ///   - signal: The signal.
    /// - Returns: What became of each process of a group; nothing for a process by its own name.
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
    ///   - name: Its name as `supervisorctl` takes it: `web`, or `group:web`.
    ///   - characters: What to write; control characters other than tab, line feed and carriage return cannot be sent.
    /// - Throws: ``SupervisorError``.
    public func sendProcessStdin(_ name: String, _ characters: String) async throws(SupervisorError) {
        try await call("supervisor.sendProcessStdin", [.string(name), .string(characters)])
    }

    /// Calls one of the methods that take a name and whether to wait.
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
