/// A `[program:x]`, or another section that processes are made of.
///
/// Keys that are missing have supervisord's default; keys that are wrong too, and the problem is in
/// ``SupervisorConfiguration/problems``.
public struct ProgramConfiguration: Sendable {
    /// What kind of section it is.
    @nonexhaustive
    public enum Kind: Hashable, Sendable {
        /// `[program:x]`
        case program
        /// `[fcgi-program:x]`
        case fastCGIProgram
        /// `[eventlistener:x]`
        case eventListener
    }

    /// The priority of a program, and of a group, without a `priority` key.
    public static let defaultPriority = 999

    /// What kind of section it is.
    public let kind: Kind
    /// The name after the colon.
    public let name: String
    /// Its processes, in every group that it belongs to, as supervisord names and orders them.
    public internal(set) var processes: [ProcessName] = []
    /// `priority`; nil where it is not given.
    public internal(set) var priority: Int?
    /// `autostart`.
    public internal(set) var autostart = true
    /// `autorestart`.
    public internal(set) var autorestart = Autorestart.unexpected
    /// `startsecs`.
    public internal(set) var startSeconds = 1
    /// `startretries`.
    public internal(set) var startRetries = 3
    /// `exitcodes`.
    public internal(set) var exitCodes = [0]
    /// `stopwaitsecs`.
    public internal(set) var stopWaitSeconds = 10
    /// `numprocs`.
    public internal(set) var processCount = 1
    /// `redirect_stderr`.
    public internal(set) var redirectsStderr = false
    /// `stdout_events_enabled`.
    public internal(set) var stdoutEventsEnabled = false
    /// `stderr_events_enabled`.
    public internal(set) var stderrEventsEnabled = false
    /// `stdout_logfile`, of the first process.
    public internal(set) var stdoutLog = ProgramLog.automatic
    /// `stderr_logfile`, of the first process.
    public internal(set) var stderrLog = ProgramLog.automatic
    /// `command`, of the first process; nil where it is missing or cannot be expanded.
    public internal(set) var command: ConfigurationValue?
    /// `environment`, of the first process.
    public internal(set) var environment: [String: String] = [:]

    private let shared: Shared

    init(_ kind: Kind, name: String, section: ConfigurationSection) {
        self.kind = kind
        self.name = name
        shared = Shared(section: section)
    }

    /// What every copy of a program shares, because it is large and programs are copied often.
    private final class Shared: Sendable {
        let section: ConfigurationSection

        init(section: ConfigurationSection) {
            self.section = section
        }
    }

    private var section: ConfigurationSection {
        _read { yield shared.section }
    }
}

extension ProgramConfiguration {
    /// What stands between the brackets: `program:web`.
    public var sectionName: String { section.name }

    /// Where the section begins.
    public var location: ConfigurationLocation { section.location }

    /// The priority that supervisord goes by: the one given, or 999.
    public var effectivePriority: Int { priority ?? Self.defaultPriority }

    /// The keys that stand in the section itself, in lower case, in the order in which they first appear.
    public var keys: [String] { section.written.options.map(\.key) }

    /// Where a key stands, its own or one inherited from `[DEFAULT]`.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The line of the one that counts; nil where the section has none.
    public func location(ofKey key: String) -> ConfigurationLocation? {
        section.option(key.asciiLowercased)?.location
    }

    /// The value of any key, also of one that supervisord does not know.
    ///
    /// It may refer to `%(here)s`, `%(program_name)s`, `%(group_name)s`, `%(host_node_name)s` and `%(ENV_x)s`.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The value, expanded; nil where the section has none.
    /// - Throws: ``ConfigurationProblem`` where it cannot be expanded.
    public func value(forKey key: String) throws(ConfigurationProblem) -> ConfigurationValue? {
        try section.value(forKey: key.asciiLowercased)
    }

    /// The value of any key as `true` or `false`, in the words that supervisord takes for them.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The value; nil where the section has none.
    /// - Throws: ``ConfigurationProblem`` where it is neither, or cannot be expanded.
    public func boolean(forKey key: String) throws(ConfigurationProblem) -> Bool? {
        try section.value(forKey: key.asciiLowercased, as: .boolean)
    }

    /// The value of any key as an integer.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The value; nil where the section has none.
    /// - Throws: ``ConfigurationProblem`` where it is no integer, or cannot be expanded.
    public func integer(forKey key: String) throws(ConfigurationProblem) -> Int? {
        try section.value(forKey: key.asciiLowercased, as: .integer)
    }
}
