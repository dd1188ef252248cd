/// A key of supervisord or supervisorctl.
package struct SupervisordKey: Sendable {
    /// The type of a value.
    package enum ValueKind: Sendable {
        case account, autorestart, boolean, byteSize, integer, list, octal, path, signal, text, variables
    }

    /// The key.
    package let name: String
    /// The sections in which it is read.
    package let sections: [SectionKind]
    /// The type of its value.
    package let kind: ValueKind
    /// The value without the key, as it would be written; nil if there is none, or if another key decides.
    package let defaultValue: String?
    /// The first version of supervisord that reads it; 3.0 stands for everything before it too.
    package let since: String

    private init(
        _ sections: [SectionKind],
        _ name: String,
        _ kind: ValueKind,
        _ defaultValue: String? = nil,
        since: String = "3.0"
    ) {
        self.name = name
        self.sections = sections
        self.kind = kind
        self.defaultValue = defaultValue
        self.since = since
    }
}

extension SupervisordKey {
    /// Returns the names of the keys that are read in a kind of section.
    package static func names(in section: SectionKind) -> [String] {
        all.filter { $0.sections.contains(section) }.map { $0.name }
    }

    private static let programs: [SectionKind] = [.program, .fastCGIProgram, .eventListener]
    private static let servers: [SectionKind] = [.unixServer, .inetServer]

    /// All keys that supervisor 4.3.0 reads.
    package static let all: [SupervisordKey] = [
        SupervisordKey([.supervisord], "childlogdir", .path),
        SupervisordKey([.supervisord], "directory", .path),
        SupervisordKey([.supervisord], "environment", .variables),
        SupervisordKey([.supervisord], "identifier", .text, "supervisor"),
        SupervisordKey([.supervisord], "logfile", .path, "supervisord.log"),
        SupervisordKey([.supervisord], "logfile_backups", .integer, "10"),
        SupervisordKey([.supervisord], "logfile_maxbytes", .byteSize, "50MB"),
        SupervisordKey([.supervisord], "loglevel", .text, "info"),
        SupervisordKey([.supervisord], "minfds", .integer, "1024"),
        SupervisordKey([.supervisord], "minprocs", .integer, "200"),
        SupervisordKey([.supervisord], "nocleanup", .boolean, "false"),
        SupervisordKey([.supervisord], "nodaemon", .boolean, "false"),
        SupervisordKey([.supervisord], "pidfile", .path, "supervisord.pid"),
        SupervisordKey([.supervisord], "silent", .boolean, "false", since: "4.2"),
        SupervisordKey([.supervisord], "strip_ansi", .boolean, "false"),
        SupervisordKey([.supervisord], "umask", .octal, "022"),
        SupervisordKey([.supervisord], "user", .account),
        SupervisordKey([.supervisorctl], "history_file", .path),
        SupervisordKey([.supervisorctl], "password", .text),
        SupervisordKey([.supervisorctl], "prompt", .text, "supervisor"),
        SupervisordKey([.supervisorctl], "serverurl", .text, "http://localhost:9001"),
        SupervisordKey([.supervisorctl], "username", .text),
        SupervisordKey([.unixServer], "chmod", .octal, "0700"),
        SupervisordKey([.unixServer], "chown", .account),
        SupervisordKey([.unixServer], "file", .path),
        SupervisordKey([.inetServer], "port", .text),
        SupervisordKey(servers, "password", .text),
        SupervisordKey(servers, "username", .text),
        SupervisordKey([.include], "files", .list),
        SupervisordKey([.group], "programs", .list),
        SupervisordKey([.group], "priority", .integer, "999"),
        SupervisordKey(programs, "autorestart", .autorestart, "unexpected"),
        SupervisordKey(programs, "autostart", .boolean, "true"),
        SupervisordKey(programs, "command", .text),
        SupervisordKey(programs, "directory", .path),
        SupervisordKey(programs, "environment", .variables),
        SupervisordKey(programs, "exitcodes", .list, "0"),
        SupervisordKey(programs, "killasgroup", .boolean),
        SupervisordKey(programs, "numprocs", .integer, "1"),
        SupervisordKey(programs, "numprocs_start", .integer, "0"),
        SupervisordKey(programs, "priority", .integer),
        SupervisordKey(programs, "process_name", .text, "%(program_name)s"),
        SupervisordKey(programs, "redirect_stderr", .boolean, "false"),
        SupervisordKey(programs, "serverurl", .text),
        SupervisordKey(programs, "startretries", .integer, "3"),
        SupervisordKey(programs, "startsecs", .integer, "1"),
        SupervisordKey(programs, "stderr_capture_maxbytes", .byteSize, "0"),
        SupervisordKey(programs, "stderr_events_enabled", .boolean, "false"),
        SupervisordKey(programs, "stderr_logfile", .path, "AUTO"),
        SupervisordKey(programs, "stderr_logfile_backups", .integer, "10"),
        SupervisordKey(programs, "stderr_logfile_maxbytes", .byteSize, "50MB"),
        SupervisordKey(programs, "stderr_syslog", .boolean, "false", since: "4.0"),
        SupervisordKey(programs, "stdout_capture_maxbytes", .byteSize, "0"),
        SupervisordKey(programs, "stdout_events_enabled", .boolean, "false"),
        SupervisordKey(programs, "stdout_logfile", .path, "AUTO"),
        SupervisordKey(programs, "stdout_logfile_backups", .integer, "10"),
        SupervisordKey(programs, "stdout_logfile_maxbytes", .byteSize, "50MB"),
        SupervisordKey(programs, "stdout_syslog", .boolean, "false", since: "4.0"),
        SupervisordKey(programs, "stopasgroup", .boolean, "false"),
        SupervisordKey(programs, "stopsignal", .signal, "TERM"),
        SupervisordKey(programs, "stopwaitsecs", .integer, "10"),
        SupervisordKey(programs, "umask", .octal),
        SupervisordKey(programs, "user", .account),
        SupervisordKey([.fastCGIProgram], "socket", .text),
        SupervisordKey([.fastCGIProgram], "socket_backlog", .integer, since: "3.4"),
        SupervisordKey([.fastCGIProgram], "socket_mode", .octal, "0700"),
        SupervisordKey([.fastCGIProgram], "socket_owner", .account),
        SupervisordKey([.eventListener], "buffer_size", .integer, "10"),
        SupervisordKey([.eventListener], "events", .list),
        SupervisordKey([.eventListener], "result_handler", .text, "supervisor.dispatchers:default_handler"),
        SupervisordKey([.remoteInterface], "supervisor.rpcinterface_factory", .text),
        SupervisordKey([.controlPlugin], "supervisor.ctl_factory", .text),
    ]
}
