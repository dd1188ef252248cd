/// A `[program:x]`, or another section that defines processes.
///
/// Missing keys have supervisord's default value. Invalid ones have it too, and the problem is in
/// ``SupervisorConfiguration/problems``.
public struct ProgramConfiguration: Sendable {
    /// The kind of a section that defines processes.
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
    /// The size of a log without a `_maxbytes` key at which supervisord begins a new one: 50 MB.
    public static let defaultLogMaximumBytes = 50 << 20

    /// The kind of the section.
    public let kind: Kind
    /// The name after the colon.
    public let name: String
    /// Its processes, in every group that it belongs to, as supervisord names and orders them.
    public internal(set) var processes: [ProcessName] = []
    /// `priority`; nil if it is not given.
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
    /// `stopasgroup`.
    public internal(set) var stopsGroup = false
    /// `numprocs`.
    public internal(set) var processCount = 1
    /// `redirect_stderr`.
    public internal(set) var redirectsStderr = false
    /// `user`; nil if it is not given.
    public internal(set) var user: String?
    /// `directory`, of the first process; nil if it is not given.
    public internal(set) var directory: String?
    /// `socket_owner` of an `[fcgi-program:x]`; nil if it is not given.
    public internal(set) var socketOwner: FileOwner?
    /// `stdout_events_enabled`.
    public internal(set) var stdoutEventsEnabled = false
    /// `stderr_events_enabled`.
    public internal(set) var stderrEventsEnabled = false
    /// `stdout_logfile`, of the first process.
    public internal(set) var stdoutLog = ProgramLog.automatic
    /// `stderr_logfile`, of the first process.
    public internal(set) var stderrLog = ProgramLog.automatic
    /// `stdout_logfile_maxbytes`; 0 for no limit.
    public internal(set) var stdoutLogMaximumBytes = Self.defaultLogMaximumBytes
    /// `stderr_logfile_maxbytes`; 0 for no limit.
    public internal(set) var stderrLogMaximumBytes = Self.defaultLogMaximumBytes
    /// `command`, of the first process; nil if it is missing or cannot be expanded.
    public internal(set) var command: ConfigurationValue?
    /// `environment`, of the first process.
    public internal(set) var environment: [String: String] = [:]

    private let shared: Shared

    init(_ kind: Kind, name: String, section: ConfigurationSection) {
        self.kind = kind
        self.name = name
        shared = Shared(section: section)
    }

    /// The part that all copies of a program share, because it is large and programs are copied often.
    private final class Shared: Sendable {
        let section: ConfigurationSection

        init(section: ConfigurationSection) {
            self.section = section
        }
    }

    var section: ConfigurationSection {
        _read { yield shared.section }
    }
}

extension ProgramConfiguration {
    /// The name between the brackets: `program:web`.
    public var sectionName: String { section.name }

    /// The location of the section's header.
    public var location: ConfigurationLocation { section.location }

    /// The priority that supervisord uses: by default 999.
    public var effectivePriority: Int { priority ?? Self.defaultPriority }

    /// Whether messages on standard output become events: `stdout_capture_maxbytes`.
    package var capturesStdout: Bool { captures("stdout") }

    /// Whether messages on standard error become events: `stderr_capture_maxbytes`.
    package var capturesStderr: Bool { captures("stderr") }

    private func captures(_ stream: String) -> Bool {
        let size = try? section.value(forKey: "\(stream)_capture_maxbytes", as: .byteSize)
        return (size ?? 0) != 0
    }

    /// The keys of the section itself, in lower case, in the order of their first appearance.
    public var keys: [String] { section.written.options.map(\.key) }

    /// Returns the location of a key, which may be inherited from `[DEFAULT]`.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The location of the one that counts; nil if the section has none.
    public func location(ofKey key: String) -> ConfigurationLocation? {
        section.option(key.asciiLowercased)?.location
    }

    /// Returns the value of any key, even of one that supervisord does not know.
    ///
    /// It can refer to `%(here)s`, `%(program_name)s`, `%(group_name)s`, `%(host_node_name)s` and `%(ENV_x)s`.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The expanded value; nil if the section has none.
    /// - Throws: ``ConfigurationProblem`` if it cannot be expanded.
    public func value(forKey key: String) throws(ConfigurationProblem) -> ConfigurationValue? {
        try section.value(forKey: key.asciiLowercased)
    }

    /// Returns the value of any key as a Boolean, in the words that supervisord accepts.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The value; nil if the section has none.
    /// - Throws: ``ConfigurationProblem`` if it is not a Boolean, or cannot be expanded.
    public func boolean(forKey key: String) throws(ConfigurationProblem) -> Bool? {
        try section.value(forKey: key.asciiLowercased, as: .boolean)
    }

    /// Returns the value of any key as an integer.
    ///
    /// - Parameter key: The key, in any case.
    /// - Returns: The value; nil if the section has none.
    /// - Throws: ``ConfigurationProblem`` if it is not an integer, or cannot be expanded.
    public func integer(forKey key: String) throws(ConfigurationProblem) -> Int? {
        try section.value(forKey: key.asciiLowercased, as: .integer)
    }
}
