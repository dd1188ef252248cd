import ListenerKit

/// What a process can have reached, and what others can wait for; what was reached once stays reached.
package struct StartupConditions: OptionSet, Hashable, Sendable {
    /// One bit for each condition.
    package let rawValue: UInt16

    /// Takes the bits.
    ///
    /// - Parameter rawValue: One bit for each condition.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Started, whatever became of that.
    package static let started = StartupConditions(rawValue: 1 << 0)
    /// Up for its `startsecs`.
    package static let running = StartupConditions(rawValue: 1 << 1)
    /// Ended with one of its `exitcodes`.
    package static let completed = StartupConditions(rawValue: 1 << 2)
    /// Ended by itself, with any status.
    package static let exited = StartupConditions(rawValue: 1 << 3)
    /// Ended before its `startsecs`; supervisord tries again.
    package static let backoff = StartupConditions(rawValue: 1 << 4)
    /// Told to stop.
    package static let stopping = StartupConditions(rawValue: 1 << 5)
    /// Stopped as it was told.
    package static let stopped = StartupConditions(rawValue: 1 << 6)
    /// Given up by supervisord.
    package static let fatal = StartupConditions(rawValue: 1 << 7)
    /// Not known even to supervisord.
    package static let unknown = StartupConditions(rawValue: 1 << 8)

    /// What is waited for where a state is named.
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

    /// What a process has reached that is in a state; how it ended is for the caller to know.
    init(_ state: ProcessState) {
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

    /// What a process has reached that has just changed its state.
    init(_ transition: ProcessStateEvent.Transition) {
        self.init(transition.state)
        // A process that is told to have stopped had been started; one that is found stopped need not have been.
        insert(.started)
        if case .exited(expected: true, _) = transition {
            insert(.completed)
        }
    }

    /// Finds the condition that a word names, in upper or lower case; the names of all states are conditions.
    init?(word: Substring) {
        guard let named = Self.names.first(where: { word.isWord($0.word) }) else {
            guard word.isWord(Self.starting) else {
                return nil
            }
            self = .started
            return
        }
        self = named.condition
    }

    /// The conditions in words, in lower case: `["running", "exited"]`.
    package var words: [String] {
        Self.names.filter { contains($0.condition) }.map { $0.word }
    }

    /// Every word for a condition.
    static var allWords: [String] { names.map { $0.word } + [starting] }

    /// supervisord's name of the state in which a process is that was started.
    private static let starting = "starting"

    private static let names: [(condition: StartupConditions, word: String)] = [
        (.started, "started"), (.running, "running"), (.completed, "completed"), (.exited, "exited"),
        (.backoff, "backoff"), (.stopping, "stopping"), (.stopped, "stopped"), (.fatal, "fatal"),
        (.unknown, "unknown"),
    ]
}

extension StartupConditions {
    /// How many there are.
    static let count = 9
    /// All of them.
    static let all = StartupConditions(rawValue: 1 << UInt16(count) - 1)

    /// The condition with a number.
    init(bit: Int) {
        self.init(rawValue: 1 << UInt16(bit))
    }

    /// The numbers of the conditions.
    var bits: some Sequence<Int> {
        (0..<Self.count).lazy.filter { rawValue & 1 << UInt16($0) != 0 }
    }
}

extension StartupConditions: CustomStringConvertible {
    /// The conditions in a sentence: `running or exited`.
    package var description: String {
        var text = ""
        for named in Self.names where contains(named.condition) {
            text += text.isEmpty ? named.word : " or " + named.word
        }
        return text
    }
}
