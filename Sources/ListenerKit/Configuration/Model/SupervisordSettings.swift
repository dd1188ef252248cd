/// The `[supervisord]` section.
public struct SupervisordSettings: Sendable {
    /// `identifier`: the name of this supervisord in events.
    public internal(set) var identifier = "supervisor"
    /// `environment`, which every process inherits.
    public internal(set) var environment: [String: String] = [:]
    /// `nodaemon`: whether it runs in the foreground.
    public internal(set) var nodaemon = false
    /// `loglevel`.
    public internal(set) var logLevel = "info"
    /// `logfile`, as given.
    public internal(set) var logFile = "supervisord.log"
    /// `logfile_maxbytes`; 0 for no limit.
    public internal(set) var logFileMaximumBytes = ProgramConfiguration.defaultLogMaximumBytes
    /// `pidfile`, as given.
    public internal(set) var pidFile = "supervisord.pid"
    /// `user`: the user that it runs as if it is started as root; nil if it is not given.
    public internal(set) var user: String?
    /// `directory`: where it changes to when it goes into the background; nil if it is not given.
    public internal(set) var directory: String?
    /// `childlogdir`: the directory for logs that it names itself; nil if it is not given.
    public internal(set) var childLogDirectory: String?
    /// The location of the section's header; nil if the section is missing.
    public internal(set) var location: ConfigurationLocation?
}
