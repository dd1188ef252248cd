/// The state of a process, as supervisord names it; the raw value is the code that its RPC interface uses.
public enum ProcessState: Int, CaseIterable, Hashable, Sendable {
    /// Stopped by an operator, or never started.
    case stopped = 0
    /// Started, and not yet up for `startsecs`.
    case starting = 10
    /// Up for at least `startsecs`.
    case running = 20
    /// Exited before it was up for `startsecs`; supervisord tries again.
    case backoff = 30
    /// Told to stop, and not stopped yet.
    case stopping = 40
    /// Exited by itself after it was running.
    case exited = 100
    /// Could not be started as often as `startretries` allows; supervisord has given up.
    case fatal = 200
    /// Not known to supervisord itself.
    case unknown = 1000

    /// Recognizes supervisord's name of a state, in upper or lower case: `RUNNING`, `running`.
    ///
    /// - Parameter name: The name; `nil` results if it is not one of supervisord's.
    public init?(name: some StringProtocol) {
        let wanted = name.uppercased()
        guard let state = ProcessState.allCases.first(where: { $0.name == wanted }) else {
            return nil
        }
        self = state
    }

    /// Recognizes supervisord's own name, in upper case.
    init?(exactName name: borrowing Span<UInt8>) {
        guard let known = Self.names[name] else {
            return nil
        }
        self = known
    }

    private static let names = NameTable(of: allCases) { $0.name }

    /// supervisord's own name, in upper case: `RUNNING`.
    public var name: String {
        switch self {
        case .stopped: "STOPPED"
        case .starting: "STARTING"
        case .running: "RUNNING"
        case .backoff: "BACKOFF"
        case .stopping: "STOPPING"
        case .exited: "EXITED"
        case .fatal: "FATAL"
        case .unknown: "UNKNOWN"
        }
    }
}

extension ProcessState: CustomStringConvertible {
    /// The same as ``name``.
    public var description: String {
        name
    }
}
