import ListenerKit

extension CheckRules {
    /// The rules about logs and the pidfile.
    static let logs = [unseekableLog, pidFileInDevices]

    private static let unseekableLog = CheckRule(
        "unseekable-log",
        .warning,
        "a log that goes to a stream, a terminal or a pipe without the matching _maxbytes=0",
        reason: """
            supervisord tries to find out how long the log is, which fails with Illegal seek: for each line of a program, with a \
            traceback in its own log; for its own log, so that it does not start.
            """
    ) { checked, findings in
        let settings = checked.configuration.settings
        if settings.logFileMaximumBytes != 0, checked.isStream(settings.logFile) {
            let location = checked.configuration.document.section(named: "supervisord")?["logfile"]?.location
            findings.add(
                location ?? checked.start,
                """
                logfile in [supervisord] is \(settings.logFile.quoted), which cannot be rotated: supervisord does not start; set \
                logfile_maxbytes=0
                """
            )
        }
        for program in checked.allPrograms {
            // The one of a listener carries the protocol, about which there is another rule.
            if program.kind != .eventListener, program.stdoutLogMaximumBytes != 0 {
                findings.addStream(program.stdoutLog, "stdout_logfile", of: program, checked)
            }
            if !program.redirectsStderr, program.stderrLogMaximumBytes != 0 {
                findings.addStream(program.stderrLog, "stderr_logfile", of: program, checked)
            }
        }
    }

    private static let pidFileInDevices = CheckRule(
        "pidfile-in-dev",
        .warning,
        "a pidfile below /dev",
        reason: "supervisord removes its pidfile: as root, it removes /dev/null for the whole machine."
    ) { checked, findings in
        let path = checked.configuration.settings.pidFile
        if PathText.absolute(path, from: "/").hasPrefix("/dev/"), !path.hasPrefix("/dev/shm/") {
            let location = checked.configuration.document.section(named: "supervisord")?["pidfile"]?.location
            findings.add(
                location ?? checked.start,
                "pidfile in [supervisord] is \(path.quoted), which supervisord removes, for all; name a file in /run or /tmp"
            )
        }
    }
}

extension Findings {
    /// Adds a log that goes to a stream.
    fileprivate mutating func addStream(
        _ log: ProgramLog,
        _ key: String,
        of program: ProgramConfiguration,
        _ checked: CheckedConfiguration
    ) {
        if case .file(let path) = log, checked.isStream(path) {
            add(
                key,
                of: program,
                """
                \(key) of \(program.name) is \(path.quoted), which cannot be rotated: each line fails with Illegal seek; set \
                \(key)_maxbytes=0
                """
            )
        }
    }
}

extension CheckedConfiguration {
    /// Whether a path names a standard stream, a terminal or a pipe.
    func isStream(_ path: String) -> Bool {
        let path = PathText.absolute(path, from: "/")
        if path.hasPrefix("/proc/") {
            return PathText.name(of: PathText.directory(of: path)) == "fd"
        }
        let streams = ["/dev/std", "/dev/fd/", "/dev/tty", "/dev/pts/", "/dev/console"]
        return streams.contains { path.hasPrefix($0) } || machine.isPipe(path)
    }
}
