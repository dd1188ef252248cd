public import ListenerKit

/// A program of a ``FakeSupervisor``, with its behavior.
public struct FakeProgram: Hashable, Sendable {
    /// The name of the process.
    public var name: String
    /// The name of its group; by default its own.
    public var group: String
    /// `startsecs`: how many seconds it must be up to count as RUNNING.
    public var startSeconds: Int
    /// `startretries`: how often a failed start is repeated.
    public var startRetries: Int
    /// `exitcodes`: the exit statuses that are expected.
    public var exitCodes: [Int]
    /// `autostart`: whether ``FakeSupervisor/autostart()`` starts it.
    public var autostart: Bool
    /// `autorestart`: whether it is started again after it has exited by itself.
    public var autorestart: Autorestart
    /// `priority`: its place in the order of starts; a lower one is earlier.
    public var priority: Int
    /// The outcomes of the first start, of the second, and so on; the last one applies to all further starts.
    public var whenStarted: [Start]
    /// The reaction to an order to stop.
    public var whenStopped: Stop

    /// The outcome of a start.
    @nonexhaustive
    public enum Start: Hashable, Sendable {
        /// It runs until the test says otherwise.
        case runs
        /// It exits by itself; status -1 means that a signal ended it, as in supervisord.
        case exits(status: Int, after: Duration = .zero)
        /// Its command does not exist.
        case isMissing
        /// Its command may not be executed.
        case isNotExecutable
        /// supervisord cannot start it, for that reason.
        case cannotSpawn(reason: String)
    }

    /// The reaction of a program to an order to stop.
    public enum Stop: Hashable, Sendable {
        /// It exits at once.
        case ends
        /// It runs on, until the test ends it by ``FakeSupervisor/exit(_:status:)``.
        case lingers
    }

    /// Describes a program, by default with supervisord's own defaults; it runs when it is started.
    ///
    /// - Parameters:
    ///   - name: The name of the process.
    ///   - group: The name of its group; by default its own.
    ///   - startSeconds: How many seconds it must be up to count as RUNNING.
    ///   - startRetries: How often a failed start is repeated.
    ///   - exitCodes: The exit statuses that are expected.
    ///   - autostart: Whether ``FakeSupervisor/autostart()`` starts it.
    ///   - autorestart: Whether it is started again after it has exited by itself.
    ///   - priority: The place in the order of starts.
    ///   - whenStarted: The outcomes of the first start, of the second, and so on.
    ///   - whenStopped: The reaction to an order to stop.
    public init(
        _ name: String,
        group: String? = nil,
        startSeconds: Int = 1,
        startRetries: Int = 3,
        exitCodes: [Int] = [0],
        autostart: Bool = true,
        autorestart: Autorestart = .unexpected,
        priority: Int = 999,
        whenStarted: [Start] = [.runs],
        whenStopped: Stop = .ends
    ) {
        self.name = name
        self.group = group ?? name
        self.startSeconds = startSeconds
        self.startRetries = startRetries
        self.exitCodes = exitCodes
        self.autostart = autostart
        self.autorestart = autorestart
        self.priority = priority
        self.whenStarted = whenStarted
        self.whenStopped = whenStopped
    }
}

extension FakeProgram: ExpressibleByStringLiteral {
    /// Describes a program of that name with supervisord's defaults, which runs when it is started.
    public init(stringLiteral name: String) {
        self.init(name)
    }
}
