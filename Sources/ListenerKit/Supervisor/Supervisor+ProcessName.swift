extension Supervisor {
    /// Returns the information about one process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - timeout: How long the call may take.
    /// - Returns: The information.
    /// - Throws: ``SupervisorError``.
    public func processInfo(
        of process: ProcessName,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) -> ProcessInformation {
        try await processInfo(of: process.description, within: timeout)
    }

    /// Starts a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - wait: Whether the call returns only once the process is RUNNING, or will never be.
    ///   - timeout: How long the call may take, including the wait.
    /// - Throws: ``SupervisorError``.
    public func startProcess(
        _ process: ProcessName,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) {
        try await startProcess(process.description, wait: wait, within: timeout)
    }

    /// Returns the information about one process, and blocks the current thread until the reply arrives: for programs without
    /// tasks.
    ///
    /// - Parameter process: The process.
    /// - Returns: The information.
    /// - Throws: ``SupervisorError``.
    package func processInfoBlocking(of process: ProcessName) throws(SupervisorError) -> ProcessInformation {
        let method = "supervisor.getProcessInfo"
        guard let information = ProcessInformation(try callBlocking(method, [.string(process.description)])) else {
            throw .malformedReply(reason: "it has a value of an unexpected type", method: method, endpoint: endpoint)
        }
        return information
    }

    /// Starts processes without waiting until they are RUNNING, and blocks the current thread until the reply arrives: for programs
    /// without tasks.
    ///
    /// - Parameter processes: The processes, which supervisord starts in this order.
    /// - Returns: For each of them, why it was not started; nil if it was.
    /// - Throws: ``SupervisorError`` if the outcome is unknown.
    package func startBlocking(_ processes: [ProcessName]) throws(SupervisorError) -> [Fault?] {
        let calls = processes.map { process in
            MethodCall("supervisor.startProcess", [.string(process.description), .boolean(false)])
        }
        guard let call = calls.first, calls.count == 1 else {
            return try multicallBlocking(calls).map { result in
                if case .failure(let fault) = result { fault } else { nil }
            }
        }
        do throws(SupervisorError) {
            try callBlocking(call.method, call.parameters)
            return [nil]
        } catch {
            guard let fault = error.fault else {
                throw error
            }
            return [fault]
        }
    }

    /// Stops a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - wait: Whether the call returns only once the process has stopped.
    ///   - timeout: How long the call may take, including the wait.
    /// - Throws: ``SupervisorError``.
    public func stopProcess(
        _ process: ProcessName,
        wait: Bool = true,
        within timeout: Duration? = nil
    ) async throws(SupervisorError) {
        try await stopProcess(process.description, wait: wait, within: timeout)
    }

    /// Sends a signal to a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - signal: The signal.
    /// - Throws: ``SupervisorError``.
    public func signalProcess(_ process: ProcessName, _ signal: Signal) async throws(SupervisorError) {
        try await signalProcess(process.description, signal)
    }

    /// Writes to the standard input of a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - characters: The text; control characters other than tab, line feed and carriage return cannot be sent.
    /// - Throws: ``SupervisorError``.
    public func sendProcessStdin(_ process: ProcessName, _ characters: String) async throws(SupervisorError) {
        try await sendProcessStdin(process.description, characters)
    }
}
