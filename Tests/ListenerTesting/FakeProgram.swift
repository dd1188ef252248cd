public import ListenerKit

/// A program of a ``FakeSupervisor``, and how it behaves.
public struct FakeProgram: Hashable, Sendable {
    /// The name of the process.
    public var name: String
    /// The name of its group; by default its own.
    public var group: String
    /// How long it must be up to count as RUNNING.
    public var startSeconds: Int
    /// How often it is tried again.
    public var startRetries: Int
    /// The exit statuses that are expected.
    public var exitCodes: [Int]
    /// Whether it is started together with supervisord.
    public var autostart: Bool
    /// Whether it is started again when it has ended by itself.
    public var autorestart: Autorestart
    /// The place in the order of starts; a lower one is earlier.
    public var priority: Int
    /// What happens at the first start, at the second, and so on; the last one is for all further starts.
    public var whenStarted: [Start]
    /// What happens when it is told to stop.
    public var whenStopped: Stop

    /// What happens when a program is started.
    @nonexhaustive
    public enum Start: Hashable, Sendable {
        /// It runs until the test says otherwise.
        case runs
        /// It ends by itself; -1 stands for an end by a signal, as in supervisord.
        case exits(status: Int, after: Duration = .zero)
        /// Its command does not exist.
        case isMissing
        /// Its command may not be executed.
        case isNotExecutable
        /// supervisord cannot start it, for the reason given.
        case cannotSpawn(reason: String)
    }

    /// What happens when a program is told to stop.
    public enum Stop: Hashable, Sendable {
        /// It ends at once.
        case ends
        /// It stays, until the test lets it end by ``FakeSupervisor/exit(_:status:)``.
        case lingers
    }

    /// Describes a program; what is left out is as in supervisord, and it runs when it is started.
    ///
    /// - Parameters:
    ///   - name: The name of the process.
    ///   - group: The name of its group; by default its own.
    ///   - startSeconds: How long it must be up to count as RUNNING.
    ///   - startRetries: How often it is tried again.
    ///   - exitCodes: The exit statuses that are expected.
    ///   - autostart: Whether it is started together with supervisord.
    ///   - autorestart: Whether it is started again when it has ended by itself.
    ///   - priority: The place in the order of starts.
    ///   - whenStarted: What happens at the first start, at the second, and so on.
    ///   - whenStopped: What happens when it is told to stop.
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
    /// A program of that name that is as supervisord has it by default, and runs when it is started.
    public init(stringLiteral name: String) {
        self.init(name)
    }
}
