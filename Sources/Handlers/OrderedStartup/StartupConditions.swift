import ListenerKit

/// What a process can have reached, and what others can wait for; what was reached once stays reached.
struct StartupConditions: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Started, whatever became of that.
    static let started = StartupConditions(rawValue: 1 << 0)
    /// Up for its `startsecs`.
    static let running = StartupConditions(rawValue: 1 << 1)
    /// Ended with one of its `exitcodes`.
    static let completed = StartupConditions(rawValue: 1 << 2)
    /// Ended by itself, with any status.
    static let exited = StartupConditions(rawValue: 1 << 3)
    static let backoff = StartupConditions(rawValue: 1 << 4)
    static let stopping = StartupConditions(rawValue: 1 << 5)
    static let stopped = StartupConditions(rawValue: 1 << 6)
    static let fatal = StartupConditions(rawValue: 1 << 7)
    static let unknown = StartupConditions(rawValue: 1 << 8)

    /// What a process has reached that is in a state; how it ended is for the caller to know.
    init(_ state: ProcessState) {
        self =
            switch state {
            case .starting: .started
            case .running: [.started, .running]
            case .backoff: [.started, .backoff]
            case .stopping: .stopping
            case .stopped: .stopped
            case .exited: [.started, .running, .exited]
            case .fatal: .fatal
            case .unknown: .unknown
            }
    }

    /// What a process has reached that has just changed its state.
    init(_ transition: ProcessStateEvent.Transition) {
        self.init(transition.state)
        if case .exited(expected: true, _) = transition {
            insert(.completed)
        }
    }

    private static let names: [(StartupConditions, String)] = [
        (.started, "started"), (.running, "running"), (.completed, "completed"), (.exited, "exited"),
        (.backoff, "backoff"), (.stopping, "stopping"), (.stopped, "stopped"), (.fatal, "fatal"),
        (.unknown, "unknown"),
    ]
}

extension StartupConditions: CustomStringConvertible {
    /// The conditions in words: `running or exited`.
    var description: String {
        Self.names.filter { contains($0.0) }.map { $0.1 }.joined(separator: " or ")
    }
}
