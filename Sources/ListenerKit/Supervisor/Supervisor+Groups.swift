extension Supervisor {
    /// Starts all processes of a group that are not running.
    ///
    /// - Parameters:
    ///   - group: The name of the group.
    ///   - wait: Whether the call returns only once each is RUNNING, or will never be.
    ///   - timeout: How long the call may take, including the wait.
    /// - Returns: The result for each process that had to be started.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func startProcessGroup(
        _ group: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("startProcessGroup", group, wait, timeout)
    }

    /// Stops all processes of a group that are running.
    ///
    /// - Parameters:
    ///   - group: The name of the group.
    ///   - wait: Whether the call returns only once each has stopped.
    ///   - timeout: How long the call may take, including the wait.
    /// - Returns: The result for each process that had to be stopped.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func stopProcessGroup(
        _ group: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("stopProcessGroup", group, wait, timeout)
    }

    /// Makes supervisord read its configuration again, without applying the changes.
    ///
    /// - Throws: ``SupervisorError``.
    public func reloadConfig() async throws(SupervisorError) -> ConfigurationChanges {
        try await call("supervisor.reloadConfig") { ConfigurationChanges($0) }
    }

    /// Adds a group of the configuration that supervisord has read last.
    ///
    /// - Parameter group: The name of the group.
    /// - Throws: ``SupervisorError``.
    public func addProcessGroup(_ group: String) async throws(SupervisorError) {
        try await call("supervisor.addProcessGroup", [.string(group)])
    }

    /// Removes a group whose processes have all stopped.
    ///
    /// - Parameter group: The name of the group.
    /// - Throws: ``SupervisorError``.
    public func removeProcessGroup(_ group: String) async throws(SupervisorError) {
        try await call("supervisor.removeProcessGroup", [.string(group)])
    }
}
