/// A name for `events=`: one event, or a whole category of them.
@nonexhaustive
public enum EventKind: String, CaseIterable, Hashable, Sendable {
    /// Every event there is.
    case event = "EVENT"
    /// Every change of a process's state.
    case processState = "PROCESS_STATE"
    /// A process was started.
    case processStateStarting = "PROCESS_STATE_STARTING"
    /// A process has been up for its `startsecs`.
    case processStateRunning = "PROCESS_STATE_RUNNING"
    /// A process could not be started, or ended too early; supervisord tries again.
    case processStateBackoff = "PROCESS_STATE_BACKOFF"
    /// A process was told to stop.
    case processStateStopping = "PROCESS_STATE_STOPPING"
    /// A process ended by itself.
    case processStateExited = "PROCESS_STATE_EXITED"
    /// A process has stopped, as it was told.
    case processStateStopped = "PROCESS_STATE_STOPPED"
    /// supervisord has given up a process.
    case processStateFatal = "PROCESS_STATE_FATAL"
    /// supervisord has lost track of a process.
    case processStateUnknown = "PROCESS_STATE_UNKNOWN"
    /// Output of a program with `stdout_events_enabled` or `stderr_events_enabled`.
    case processLog = "PROCESS_LOG"
    /// Standard output of a program with `stdout_events_enabled`.
    case processLogStdout = "PROCESS_LOG_STDOUT"
    /// Standard error of a program with `stderr_events_enabled`.
    case processLogStderr = "PROCESS_LOG_STDERR"
    /// Text between supervisord's begin and end tags in a program's output.
    case processCommunication = "PROCESS_COMMUNICATION"
    /// Such text on standard output.
    case processCommunicationStdout = "PROCESS_COMMUNICATION_STDOUT"
    /// Such text on standard error.
    case processCommunicationStderr = "PROCESS_COMMUNICATION_STDERR"
    /// A client called `sendRemoteCommEvent`.
    case remoteCommunication = "REMOTE_COMMUNICATION"
    /// supervisord itself has started or is stopping.
    case supervisorStateChange = "SUPERVISOR_STATE_CHANGE"
    /// supervisord has started, or has read its configuration anew.
    case supervisorStateChangeRunning = "SUPERVISOR_STATE_CHANGE_RUNNING"
    /// supervisord is stopping or restarting.
    case supervisorStateChangeStopping = "SUPERVISOR_STATE_CHANGE_STOPPING"
    /// Time passes.
    case tick = "TICK"
    /// Five seconds have passed.
    case tick5 = "TICK_5"
    /// A minute has passed.
    case tick60 = "TICK_60"
    /// An hour has passed.
    case tick3600 = "TICK_3600"
    /// The process groups have changed.
    case processGroup = "PROCESS_GROUP"
    /// A process group was added.
    case processGroupAdded = "PROCESS_GROUP_ADDED"
    /// A process group was removed.
    case processGroupRemoved = "PROCESS_GROUP_REMOVED"

    /// Returns whether a subscription to this name delivers events of the other one.
    ///
    /// - Parameter other: An event, or a category.
    /// - Returns: Whether the two are the same, or the other one is below this one in supervisord's hierarchy.
    public func includes(_ other: EventKind) -> Bool {
        self == .event || self == other || other.rawValue.utf8.starts(with: "\(rawValue)_".utf8)
    }

    /// Recognizes a name in the bytes of a header, without making a string of it.
    init?(_ bytes: borrowing Span<UInt8>) {
        guard let known = Self.names[bytes] else {
            return nil
        }
        self = known
    }

    private static let names = NameTable(of: allCases) { $0.rawValue }
}
