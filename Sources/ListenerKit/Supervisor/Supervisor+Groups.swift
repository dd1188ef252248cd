extension Supervisor {
    /// Starts all processes of a group that do not run.
    ///
    /// - Parameters:
    ///   - group: The name of the group.
    ///   - wait: Whether the call returns only once each is RUNNING, or never will be.
    ///   - timeout: How long the call may take, with all of its waiting.
    /// - Returns: What became of each process that had to be started.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func startProcessGroup(
        _ group: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("startProcessGroup", group, wait, timeout)
    }

    /// Stops all processes of a group that run.
    ///
    /// - Parameters:
    ///   - group: The name of the group.
    ///   - wait: Whether the call returns only once each has ended.
    ///   - timeout: How long the call may take, with all of its waiting.
    /// - Returns: What became of each process that had to be stopped.
    /// - Throws: ``SupervisorError``.
    @discardableResult
    public func stopProcessGroup(
        _ group: String,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> [ProcessResult] {
        try await change("stopProcessGroup", group, wait, timeout)
    }

    /// Reads the configuration again, without doing anything about what it finds.
    ///
    /// - Throws: ``SupervisorError``.
    public func reloadConfig() async throws(SupervisorError) -> ConfigurationChanges {
        try await call("supervisor.reloadConfig") { ConfigurationChanges($0) }
    }

    /// Adds a group of the configuration that was read last.
    ///
    /// - Parameter group: The name of the group.
    /// - Throws: ``SupervisorError``.
    public func addProcessGroup(_ group: String) async throws(SupervisorError) {
        try await call("supervisor.addProcessGroup", [.string(group)])
    }

    /// Removes a group whose processes have all ended.
    ///
    /// - Parameter group: The name of the group.
    /// - Throws: ``SupervisorError``.
    public func removeProcessGroup(_ group: String) async throws(SupervisorError) {
        try await call("supervisor.removeProcessGroup", [.string(group)])
    }
}
