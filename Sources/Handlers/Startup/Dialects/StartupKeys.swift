/// The keys of all dialects, in `[program:x]`.
enum StartupKeys {
    static let after = "startafter"
    static let ready = "ready"
    static let readyTimeout = "ready_timeout"
    static let dependent = "dependent_startup"
    static let waitFor = "dependent_startup_wait_for"
    static let inheritPriority = "dependent_startup_inherit_priority"
    static let inOrder = "startinorder"
    static let nextAfter = "startnextafter"

    static let all = [after, ready, readyTimeout, dependent, waitFor, inheritPriority, inOrder, nextAfter]

    /// The keys by which a program is another dialect's than that of ordered-startup-supervisord.
    static let ofOtherDialects = [after, dependent, waitFor, inheritPriority]

    /// supervisord's own keys, which are never misspelled ones of the above.
    static let supervisord: Set<String> = [
        "autorestart", "autostart", "command", "directory", "environment", "exitcodes", "killasgroup", "numprocs",
        "numprocs_start", "priority", "process_name", "redirect_stderr", "serverurl", "socket", "socket_backlog",
        "socket_mode", "socket_owner", "startretries", "startsecs", "stderr_capture_maxbytes",
        "stderr_events_enabled", "stderr_logfile", "stderr_logfile_backups", "stderr_logfile_maxbytes", "stderr_syslog",
        "stdout_capture_maxbytes", "stdout_events_enabled", "stdout_logfile", "stdout_logfile_backups",
        "stdout_logfile_maxbytes", "stdout_syslog", "stopasgroup", "stopsignal", "stopwaitsecs", "umask", "user",
    ]
}
