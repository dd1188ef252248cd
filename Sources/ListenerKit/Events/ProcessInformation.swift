/// The information that supervisord returns about a process.
public struct ProcessInformation: Hashable, Sendable {
    /// Its group, and its name in that group.
    public var name: ProcessName
    /// Its state.
    public var state: ProcessState
    /// When it was last started, in whole seconds; nil if it never was.
    public var startTime: Timestamp?
    /// When it last exited, in whole seconds; nil if it never did.
    public var stopTime: Timestamp?
    /// When supervisord answered, by its own clock, in whole seconds.
    public var now: Timestamp?
    /// The status with which it last exited; -1 if a signal killed it, 0 if it is not known, or it never exited.
    public var exitStatus: Int
    /// Why it could not be started, in supervisord's words; `nil` if it could.
    public var spawnError: String?
    /// Its process id; `nil` if it does not run.
    public var pid: Int?
    /// The text that `supervisorctl status` shows behind the state: `pid 12, uptime 0:00:03`.
    public var description: String
    /// The file that its standard output goes to, if any.
    public var standardOutputLog: String?
    /// The file that its standard error goes to, if any.
    public var standardErrorLog: String?
    /// Whether it is the listener itself, as the processes of a ``Snapshot`` say: to stop it would end the handler that does so.
    public var isThisListener = false

    /// Describes a process.
    ///
    /// - Parameters:
    ///   - name: Its group, and its name in that group.
    ///   - state: Its state.
    ///   - startTime: When it was last started.
    ///   - stopTime: When it last exited.
    ///   - now: When supervisord answered.
    ///   - exitStatus: The status with which it last ended.
    ///   - spawnError: Why it could not be started.
    ///   - pid: Its process id.
    ///   - description: What `supervisorctl status` shows behind the state.
    ///   - standardOutputLog: The file that its standard output goes to.
    ///   - standardErrorLog: The file that its standard error goes to.
    public init(
        name: ProcessName,
        state: ProcessState,
        startTime: Timestamp? = nil,
        stopTime: Timestamp? = nil,
        now: Timestamp? = nil,
        exitStatus: Int = 0,
        spawnError: String? = nil,
        pid: Int? = nil,
        description: String = "",
        standardOutputLog: String? = nil,
        standardErrorLog: String? = nil
    ) {
        self.name = name
        self.state = state
        self.startTime = startTime
        self.stopTime = stopTime
        self.now = now
        self.exitStatus = exitStatus
        self.spawnError = spawnError
        self.pid = pid
        self.description = description
        self.standardOutputLog = standardOutputLog
        self.standardErrorLog = standardErrorLog
    }
}
