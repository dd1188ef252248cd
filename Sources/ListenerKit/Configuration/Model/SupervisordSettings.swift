/// The `[supervisord]` section.
public struct SupervisordSettings: Sendable {
    /// `identifier`: what events call this supervisord.
    public internal(set) var identifier = "supervisor"
    /// `environment`, which every process inherits.
    public internal(set) var environment: [String: String] = [:]
    /// `nodaemon`: whether it stays in the foreground.
    public internal(set) var nodaemon = false
    /// `loglevel`.
    public internal(set) var logLevel = "info"
    /// `logfile`, as given.
    public internal(set) var logFile = "supervisord.log"
    /// `pidfile`, as given.
    public internal(set) var pidFile = "supervisord.pid"
    /// `user`: whom it runs as, where it is started as root; nil where that is not given.
    public internal(set) var user: String?
    /// Where the section begins; nil where it is missing.
    public internal(set) var location: ConfigurationLocation?
}
