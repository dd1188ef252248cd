import ListenerKit

/// Keys of other tools, of other sections and of old versions of supervisord, with what to write instead.
enum ForeignKeys {
    /// Returns what to do about a key.
    ///
    /// - Parameters:
    ///   - key: The key, in lower case.
    ///   - kind: The kind of its section; nil for `[DEFAULT]`, whose keys are mostly meant for programs.
    /// - Returns: The words after a semicolon; nil if the key is not known.
    static func advice(for key: String, in kind: SectionKind?) -> String? {
        let tables =
            switch kind {
            case .supervisord: [ofSupervisord]
            case .supervisorctl: [ofSupervisorctl]
            case .unixServer: [ofUnixServer, ofServers]
            case .inetServer: [ofInetServer, ofServers]
            case .include: [ofInclude]
            case .group: [ofGroup]
            case .fastCGIProgram: [ofFastCGIProgram, ofPrograms]
            default: [ofPrograms]
            }
        for table in tables {
            for (keys, advice) in table where keys.contains(key) {
                return advice
            }
        }
        return nil
    }

    private typealias Table = [(keys: [String], advice: String)]

    private static let ofPrograms: Table = [
        (
            [
                "after", "depend", "depend_on", "dependencies", "dependency", "depends", "depends-on", "depends_on",
                "dependson",
                "needs", "require", "requires", "start_after", "wait_for", "waitfor", "wants",
            ],
            "use startafter=, and listenerd --ordered-startup"
        ),
        (
            [
                "health_check", "healthcheck", "liveness_probe", "livenessprobe", "probe", "readiness",
                "readiness_probe",
                "readinessprobe", "ready_check", "ready_log_line", "wait_for_port",
            ],
            "use ready=, as in ready=tcp://127.0.0.1:5432, and listenerd --ordered-startup"
        ),
        (["run_as", "runas", "uid", "user_name", "username"], "use user="),
        (["gid", "group", "groupname"], "use user=, whose groups the program gets"),
        (
            [
                "chdir", "cwd", "dir", "pwd", "work_dir", "workdir", "working_dir", "working_directory",
                "workingdirectory",
            ],
            "use directory="
        ),
        (["env", "env_var", "env_vars", "environ", "environments", "envs"], "use environment="),
        (
            ["dotenv", "env_file", "env_files", "envfile", "envfiles", "environment_file", "environmentfile"],
            "set the variables when supervisord is started, or in environment="
        ),
        (["always_restart", "keepalive", "respawn", "restart", "restart_policy"], "use autorestart="),
        (["disabled", "enable", "enabled"], "use autostart="),
        (["cmd", "exec", "exec_start", "execstart", "run"], "use command="),
        (["args", "arguments"], "write arguments in command="),
        (["kill_signal", "killsignal"], "use stopsignal="),
        (
            ["kill_timeout", "stop_grace_period", "stop_timeout", "stoptimeout", "stopwait", "timeoutstopsec"],
            "use stopwaitsecs="
        ),
        (
            ["delay", "restart_delay", "restartpause", "restartsec", "restartsecs", "start_delay", "startdelay"],
            "supervisord has no such delay: after each failed start it waits one second longer"
        ),
        (["max_restarts", "max_retries", "restart_retries", "retries", "startlimitburst"], "use startretries="),
        (["instances", "procs", "processes", "replicas", "scale"], "use numprocs="),
        (["stdout", "stdout_file", "stdout_log", "stdout_path"], "use stdout_logfile="),
        (["err_log", "error_log", "stderr", "stderr_file", "stderr_log", "stderr_path"], "use stderr_logfile="),
        (["stdout_maxbytes"], "use stdout_logfile_maxbytes="),
        (["stderr_maxbytes"], "use stderr_logfile_maxbytes="),
        (["stdout_backups"], "use stdout_logfile_backups="),
        (["stderr_backups"], "use stderr_logfile_backups="),
        (["syslog"], "use stdout_syslog= and stderr_syslog="),
        // Those of the program sections of supervisor 2.
        (["log_stderr", "log_stdout"], "supervisor 3 has stdout_logfile= and stderr_logfile= instead"),
        (["log", "log_file", "logfile"], "use stdout_logfile="),
        (["log_maxbytes", "logfile_maxbyte", "logfile_maxbytes"], "use stdout_logfile_maxbytes="),
        (["log_backups", "logfile_backup", "logfile_backupcount", "logfile_backups"], "use stdout_logfile_backups="),
        (["log_level", "logfile_level"], "only [supervisord] has loglevel="),
    ]

    private static let ofFastCGIProgram: Table = [
        (["chmod"], "use socket_mode="), (["chown"], "use socket_owner="),
    ]

    private static let ofSupervisord: Table = [
        (["stderr_logfile", "stdout_logfile"], "the log of supervisord itself is logfile="),
        (["stderr_logfile_maxbytes", "stdout_logfile_maxbytes"], "use logfile_maxbytes="),
        (["stderr_logfile_backups", "stdout_logfile_backups"], "use logfile_backups="),
        (["daemon", "daemonize", "foreground"], "use nodaemon="),
        (["username"], "use user="),
        (["cwd", "workdir", "working_directory"], "use directory="),
        (["env"], "use environment="),
        // Those of older versions.
        (["http_port"], "supervisor 3 has [inet_http_server] with port=, or [unix_http_server] with file=, instead"),
        (
            ["http_password", "http_username"],
            "supervisor 3 has username= and password= in [inet_http_server] or [unix_http_server] instead"
        ),
        (["sockchmod"], "supervisor 3 has chmod= in [unix_http_server] instead"),
        (["sockchown"], "supervisor 3 has chown= in [unix_http_server] instead"),
        (["backofflimit", "forever", "noauth", "passwdfile"], "supervisor 2 and later do not have it; remove it"),
    ]

    private static let ofSupervisorctl: Table = [
        (["file", "server", "socket", "url"], "use serverurl="), (["login", "user"], "use username="),
        (["pass", "passwd"], "use password="),
    ]

    private static let ofServers: Table = [
        (["login", "user"], "use username="), (["pass", "passwd"], "use password="),
    ]
    private static let ofUnixServer: Table = [
        (["path", "sock", "socket"], "use file="), (["mode", "socket_mode"], "use chmod="),
        (["owner", "socket_owner"], "use chown="),
    ]
    private static let ofInetServer: Table = [
        (["address", "bind", "host", "ip", "listen"], "write it in port=, as in port=127.0.0.1:9001")
    ]

    private static let ofInclude: Table = [(["file", "include", "path", "paths"], "use files=")]

    private static let ofGroup: Table = [
        (["members", "processes", "program"], "use programs="),
        (["autorestart", "autostart"], "set it in each program of the group"),
    ]
}
