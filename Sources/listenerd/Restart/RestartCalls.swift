import ListenerKit

/// The calls by which processes are stopped and started.
struct RestartCalls {
    /// A process that is older than this has executed its program.
    private static let startTimeout = 6
    private static let timeout = Duration.seconds(10)

    /// A stop that begins waits no longer than this for a start.
    private static let lockTimeout = Duration.seconds(3)

    private let supervisor: Supervisor
    private let notice: StopNoticeReader?
    private let startLock: StartLock

    /// Finds out whether a `supervise` runs supervisord, which says when nothing is to be started any more.
    ///
    /// - Parameter supervisor: supervisord's RPC interface.
    init(_ supervisor: Supervisor) {
        self.supervisor = supervisor
        let pid = try? supervisor.callBlocking("supervisor.getPID", within: Self.timeout).int
        let variables = pid.flatMap { Int32(exactly: $0) }.flatMap { RunningProcess.environment(of: $0) }
        notice = StopNoticeReader(environment: variables ?? [:])
        startLock = StartLock(notice)
    }

    /// Whether `supervise` is stopping everything.
    var isEverythingStopping: Bool { notice?.isPosted ?? false }

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
    /// Nothing is done if `supervise` is stopping everything.
    ///
    /// - Parameter process: The process.
    /// - Throws: ``SupervisorError``.
    func start(_ process: ProcessName) throws(SupervisorError) {
        _ = try startLock.holdForStart(timeout: Self.lockTimeout) { () throws(SupervisorError) in
            try call("supervisor.startProcess", process)
        }
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
