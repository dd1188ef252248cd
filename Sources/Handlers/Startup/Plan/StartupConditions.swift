package import ListenerKit

/// The conditions that a process has reached, or that others wait for; a condition once reached stays reached.
package struct StartupConditions: OptionSet, Hashable, Sendable {
    /// One bit for each condition, in the order of its cases.
    package let rawValue: UInt16

    /// Takes the bits.
    ///
    /// - Parameter rawValue: One bit for each condition.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The set of one condition.
    init(only condition: StartupCondition) {
        self.init(position: StartupCondition.allCases.firstIndex(of: condition) ?? 0)
    }

    package static let started = StartupConditions(only: .started)
    package static let running = StartupConditions(only: .running)
    package static let completed = StartupConditions(only: .completed)
    package static let exited = StartupConditions(only: .exited)
    static let backoff = StartupConditions(only: .backoff)
    static let stopping = StartupConditions(only: .stopping)
    static let stopped = StartupConditions(only: .stopped)
    package static let fatal = StartupConditions(only: .fatal)
    static let unknown = StartupConditions(only: .unknown)

    /// Every condition.
    static let all = StartupConditions(rawValue: 1 << UInt16(StartupCondition.count) - 1)
    /// Those that only a process which exits, and is not restarted, can reach.
    package static let ends: StartupConditions = [.exited, .completed]

    /// Whether a process that is RUNNING, and ready if it has gates, meets them.
    package var includesRunning: Bool { contains(.running) }

    /// The conditions in words, in lower case: `["running", "exited"]`.
    package var words: [String] {
        StartupCondition.allCases.filter { contains(StartupConditions(only: $0)) }.map { $0.rawValue }
    }
}

extension StartupConditions {
    /// The set of the condition at a position among the cases.
    package init(position: Int) {
        self.init(rawValue: 1 << UInt16(truncatingIfNeeded: position))
    }

    /// How many conditions there are.
    package static var count: Int { StartupCondition.count }

    /// The positions of the conditions among the cases.
    package var positions: some Sequence<Int> {
        (0..<StartupCondition.count).lazy.filter { rawValue & 1 << UInt16($0) != 0 }
    }
}

// MARK: - supervisord's states

extension StartupConditions {
    /// The conditions that a named state stands for.
    init(awaiting state: ProcessState) {
        self =
            switch state {
            case .starting: .started
            case .running: .running
            case .backoff: .backoff
            case .stopping: .stopping
            case .stopped: .stopped
            case .exited: .exited
            case .fatal: .fatal
            case .unknown: .unknown
            }
    }

    /// The conditions that a process in a state has reached; the caller knows how it exited.
    package init(_ state: ProcessState) {
        self =
            switch state {
            case .starting: .started
            case .running: [.started, .running]
            case .backoff: [.started, .backoff]
            case .stopping: [.started, .stopping]
            case .stopped: .stopped
            case .exited: [.started, .running, .exited]
            case .fatal: [.started, .backoff, .fatal]
            case .unknown: [.started, .unknown]
            }
    }

    /// The conditions that a process has reached by a change of its state.
    package init(_ transition: ProcessStateEvent.Transition) {
        self.init(transition.state)
        // A process that is told to have stopped had been started; one that is found stopped need not have been.
        insert(.started)
        if case .exited(expected: true, _) = transition {
            insert(.completed)
        }
    }
}

extension StartupConditions: CustomStringConvertible {
    /// The conditions in a sentence: `running or exited`.
    package var description: String { words.joined(separator: " or ") }
}
