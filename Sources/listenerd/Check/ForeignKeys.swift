/// Keys of other tools, and of old versions of supervisord, with what to write instead.
enum ForeignKeys {
    /// Returns what to do about a key in a section that runs a program, as the words after a semicolon; nil if it is not known.
    static func advice(for key: String) -> String? {
        for (keys, advice) in translations where keys.contains(key) {
            return advice
        }
        return nil
    }

    private static let translations: [(keys: [String], advice: String)] = [
        (
            [
                "after", "depend", "depend_on", "dependencies", "depends", "depends_on", "dependson", "require",
                "requires", "start_after", "wait_for", "waitfor", "wants",
            ],
            "use startafter=, and listenerd --ordered-startup"
        ),
        (
            [
                "health_check", "healthcheck", "liveness_probe", "livenessprobe", "readiness", "readiness_probe",
                "readinessprobe", "ready_check", "wait_for_port",
            ],
            """
            no version of supervisord waits until a program is ready; give it a startsecs= that is long enough, and others \
            startafter=
            """
        ),
        (["run_as", "runas", "uid", "username"], "use user="),
        (["gid", "group", "groupname"], "use user=, whose groups the program gets"),
        (
            [
                "chdir", "cwd", "dir", "path", "work_dir", "workdir", "working_dir", "working_directory",
                "workingdirectory",
            ],
            "use directory="
        ),
        (["env", "env_vars", "environ", "environments", "env_var"], "use environment="),
        (
            ["env_file", "envfile", "environment_file", "environmentfile", "dotenv"],
            "set the variables when supervisord is started, or in environment="
        ),
        (["restart", "auto_restart", "restart_policy", "respawn", "keepalive"], "use autorestart="),
        (["auto_start", "enabled", "start", "startup"], "use autostart="),
        (["cmd", "exec", "execstart", "exec_start", "run", "args"], "use command="),
        (["stop_signal", "killsignal", "kill_signal", "signal"], "use stopsignal="),
        (
            [
                "kill_timeout", "stop_grace_period", "stop_timeout", "stoptimeout", "stopwait", "timeout",
                "timeoutstopsec",
            ],
            "use stopwaitsecs="
        ),
        (["start_timeout", "startup_timeout", "restartsec", "delay", "startdelay", "start_delay"], "use startsecs="),
        (["retries", "max_retries", "restart_retries", "startlimitburst"], "use startretries="),
        (["instances", "procs", "processes", "replicas", "workers", "num_procs"], "use numprocs="),
        // Those of the program sections of supervisor 2.
        (["log_stdout", "log_stderr"], "supervisor 3 has stdout_logfile= and stderr_logfile= instead"),
        (["logfile", "log_file", "log", "stdout"], "use stdout_logfile="),
        (["stderr", "error_log"], "use stderr_logfile="),
        (["logfile_maxbytes", "logfile_maxbyte", "log_maxbytes"], "use stdout_logfile_maxbytes="),
        (["logfile_backups", "logfile_backup", "logfile_backupcount", "log_backups"], "use stdout_logfile_backups="),
        (["logfile_level", "log_level"], "only [supervisord] has loglevel="),
    ]
}
