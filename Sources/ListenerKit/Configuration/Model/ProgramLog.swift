/// Where supervisord writes the output of a process: `stdout_logfile` or `stderr_logfile`.
public enum ProgramLog: Hashable, Sendable {
    /// `AUTO`, the default: a file that supervisord names and removes by itself.
    case automatic
    /// `NONE`: the output is discarded.
    case discarded
    /// `syslog`: the system log.
    case syslog
    /// A file, or a device such as `/dev/stdout`.
    case file(String)

    /// Reads the value of a key, in which `none` and `off`, `auto` and `syslog` are not paths.
    package init(_ text: String) {
        switch text.asciiLowercased {
        case "none", "off": self = .discarded
        case "auto": self = .automatic
        case "syslog": self = .syslog
        default: self = .file(text)
        }
    }
}
