/// The keys of the log of one output stream.
struct LogKeys {
    let file: String
    let backups: String
    let maximumBytes: String
    let syslog: String

    static let stdout = LogKeys(
        file: "stdout_logfile",
        backups: "stdout_logfile_backups",
        maximumBytes: "stdout_logfile_maxbytes",
        syslog: "stdout_syslog"
    )
    static let stderr = LogKeys(
        file: "stderr_logfile",
        backups: "stderr_logfile_backups",
        maximumBytes: "stderr_logfile_maxbytes",
        syslog: "stderr_syslog"
    )
}
