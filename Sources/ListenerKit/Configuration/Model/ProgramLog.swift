/// Where supervisord writes what a process says: `stdout_logfile`, `stderr_logfile`.
public enum ProgramLog: Hashable, Sendable {
    /// A file that supervisord names and removes by itself; the default.
    case automatic
    /// Nowhere.
    case discarded
    /// The system's log.
    case syslog
    /// A file, or a device such as `/dev/stdout`.
    case file(String)

    /// Reads the value of a key, where `none` and `off`, `auto` and `syslog` have a meaning of their own.
    init(_ text: String) {
        switch text.asciiLowercased {
        case "none", "off": self = .discarded
        case "auto": self = .automatic
        case "syslog": self = .syslog
        default: self = .file(text)
        }
    }
}
