import ListenerKit

/// The calls by which processes are stopped and started.
struct RestartCalls {
    /// A process that is older than this has executed its program.
    private static let startTimeout = 6
    private static let timeout = Duration.seconds(10)

    let supervisor: Supervisor

    /// Tells supervisord to stop a process, without waiting for it.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - information: How it stood when that was last known.
    /// - Throws: ``SupervisorError``.
    func stop(_ process: ProcessName, _ information: ProcessInformation?) throws(SupervisorError) {
        if isFresh(information), let pid = try? supervisor.callBlocking("supervisor.getPID", within: Self.timeout).int {
            // A TERM between fork and exec would be lost, and SIGKILL follow stopwaitsecs later.
            let deadline = ContinuousClock.now + SupervisordProcess.startTimeout
            Int32(exactly: pid).map { SupervisordProcess(pid: $0).waitUntilChildrenExecute(by: deadline) }
        }
        try call("supervisor.stopProcess", process)
    }

    /// Tells supervisord to start a process, without waiting for it.
    ///
    /// - Parameter process: The process.
    /// - Throws: ``SupervisorError``.
    func start(_ process: ProcessName) throws(SupervisorError) {
        try call("supervisor.startProcess", process)
    }

    private func call(_ method: String, _ process: ProcessName) throws(SupervisorError) {
        try supervisor.callBlocking(method, [.string(process.description), .boolean(false)], within: Self.timeout)
    }

    private func isFresh(_ process: ProcessInformation?) -> Bool {
        guard let start = process?.startTime, let now = process?.now else {
            return false
        }
        return now.seconds(since: start) < Double(Self.startTimeout)
    }
}
