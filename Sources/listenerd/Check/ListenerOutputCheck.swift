import ListenerKit

/// Checks where the output of an event listener goes.
struct ListenerOutputCheck {
    private let listener: EventListenerConfiguration

    init(_ listener: EventListenerConfiguration) {
        self.listener = listener
    }

    /// Finds logs of standard output, which carries the protocol, and standard error that comes back as events.
    func check(_ findings: inout Findings) {
        let program = listener.program
        let name = listener.name
        switch program.stdoutLog {
        case .file(let path) where Self.isShown(path):
            findings.warn(
                location(of: "stdout_logfile"),
                "\(name) writes its protocol (READY and RESULT) to \(path.quoted); set stdout_logfile=NONE"
            )
        case .file, .syslog:
            findings.warn(
                location(of: "stdout_logfile"),
                "the stdout log of \(name) has nothing but its protocol (READY and RESULT); set stdout_logfile=NONE"
            )
        case .automatic, .discarded: break
        }
        let output: Set = ["EVENT", "PROCESS_LOG", "PROCESS_LOG_STDERR"]
        if program.stderrEventsEnabled, !output.isDisjoint(with: listener.events) {
            findings.warn(
                location(of: "stderr_events_enabled"),
                """
                \(name) receives its own standard error as events, and may write about each of them in an endless loop; \
                set stderr_events_enabled=false
                """
            )
        }
    }

    private func location(of key: String) -> ConfigurationLocation {
        listener.program.location(ofKey: key) ?? listener.program.location
    }

    /// Whether a path names a terminal or a standard stream.
    private static func isShown(_ path: String) -> Bool {
        let prefixes = ["/dev/std", "/dev/fd/", "/dev/tty", "/dev/pts/", "/dev/console", "/proc/"]
        return prefixes.contains { path.hasPrefix($0) }
    }
}
