import Testing

@testable import listenerd

/// The rules about what works, but not as meant.
@Suite struct ProgramRuleTests {
    /// Returns the lines and the rules of what is found.
    private func found(_ text: String, _ rules: [CheckRule]) throws -> [String] {
        try CheckedConfiguration(text).findings(of: rules).map { finding in
            let line = finding.prefix { $0 != ":" }
            return "\(line) \(finding.split(separator: "[").last?.dropLast() ?? "")"
        }
    }

    private func program(_ keys: String, command: String = "x") -> String {
        "[supervisord]\n[program:w]\ncommand=\(command)\n\(keys)\n"
    }

    @Test(arguments: [
        ("startsecs=0\nautorestart=true", ["4 endless-restart"]), ("autorestart=true", []), ("startsecs=0", []),
        ("startsecs=0\nautorestart=false", []), ("stopwaitsecs=0", ["4 no-grace"]), ("stopwaitsecs=1", []),
    ])
    func keysThatAreHardlyMeantAreFound(keys: String, rules: [String]) throws {
        #expect(try found(program(keys), CheckRules.programs) == rules)
    }

    @Test(arguments: [
        ("listenerd --ordered-startup", true), ("env A=1 /usr/bin/listenerd --log", true),
        ("listenerd supervise --log", false), ("listenerd --version", false), ("/usr/local/bin/crashmail -a", true),
        ("supervisor_stdout", true), ("supervisord-dependent-startup", true), ("web crashmail", false),
    ])
    func aListenerInAProgramIsFound(command: String, isFound: Bool) throws {
        let rules = isFound ? ["2 listener-as-program"] : []
        #expect(try found(program("", command: command), CheckRules.programs) == rules)
    }

    @Test(arguments: [
        ("stdout_logfile=/dev/stdout", ["4 unseekable-log"]),
        ("stdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0", []),
        ("stdout_logfile=/dev/stdout\nlogfile_maxbytes=0", ["4 unseekable-log"]),
        ("stderr_logfile=/dev/stderr\nstdout_logfile_maxbytes=0", ["4 unseekable-log"]),
        ("stderr_logfile=/dev/stderr\nredirect_stderr=true", []),
        ("stdout_logfile=/dev/fd/1", ["4 unseekable-log"]), ("stdout_logfile=/proc/1/fd/1", ["4 unseekable-log"]),
        ("stdout_logfile=/proc/self/fd/2", ["4 unseekable-log"]), ("stdout_logfile=/dev/tty1", ["4 unseekable-log"]),
        ("stdout_logfile=/dev/pts/0", ["4 unseekable-log"]), ("stdout_logfile=/srv/pipe", ["4 unseekable-log"]),
        ("stdout_logfile=/dev/null", []), ("stdout_logfile=/srv/log", []), ("stdout_logfile=NONE", []),
        ("stdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0KB", []),
    ])
    func aStreamCannotBeRotated(keys: String, rules: [String]) throws {
        #expect(try found(program(keys), CheckRules.logs) == rules)
    }

    @Test(arguments: [
        ("logfile=/dev/stdout", ["2 unseekable-log"]), ("logfile=/dev/stdout\nlogfile_maxbytes=0", []),
        ("logfile=/dev/null", []), ("pidfile=/dev/null", ["2 pidfile-in-dev"]),
        ("pidfile=/dev/../dev/null", ["2 pidfile-in-dev"]), ("pidfile=/dev/shm/s.pid", []), ("pidfile=/run/s.pid", []),
        ("", []),
    ])
    func filesOfSupervisordAreChecked(keys: String, rules: [String]) throws {
        #expect(try found("[supervisord]\n\(keys)\n", CheckRules.logs) == rules)
    }

    @Test(arguments: [
        ("sh -c 'web --port 80'", true), ("/bin/sh -c \"cd /srv && web\"", true), ("sh -c 'A=1; web > /x'", true),
        ("sh -ec 'web'", true), ("env A=1 sh -c 'A=2 web'", true), ("dash -c 'sleep 1; web'", true),
        ("sh -c 'exec web'", false), ("sh -c 'cd /srv && exec web'", false), ("sh -c 'A=1 exec web'", false),
        ("sh -c 'web | tee x'", false), ("sh -c 'while true; do web; done'", false), ("sh -c 'web & wait'", false),
        ("sh -c '$WEB'", false), ("sh web.sh", false), ("bash -c 'web'", false), ("bash -c 'web > /x 2>&1'", true),
        ("sh -c 'trap x TERM; echo'", false), ("web", false), ("sh -c ''", false), ("sh -c", false),
    ])
    func aShellThatStaysIsFound(command: String, isFound: Bool) throws {
        let rules = isFound ? ["3 shell-without-exec"] : []
        #expect(try found(program("", command: command), CheckRules.shell) == rules)
        #expect(try found(program("stopasgroup=true", command: command), CheckRules.shell) == [])
        #expect(try found(program("autorestart=false", command: command), CheckRules.shell) == [])
        #expect(try found(program("startsecs=0", command: command), CheckRules.shell) == [])
    }

    @Test(arguments: [
        ("sh -c \"printf 'READY\\n' && while read line; do kill -SIGQUIT $PPID; done < /dev/stdin\"", ["kill-of-dash"]),
        ("/bin/bash -c 'kill -SIGQUIT $PPID'", []), ("sh -c 'kill -QUIT $PPID'", []),
        ("sh -c 'listenerd --ordered-startp'", ["shell-without-exec", "listener-command"]),
        ("bash -c 'exec listenerd --fatal-exit-on=fatl --fatal-exit'", ["listener-command"]),
        ("bash -c 'exec listenerd --ordered-startup'", []), ("bash -c 'exec listenerd --fatal-exit-on=$ON'", []),
        ("bash -c 'exec listener --ordered-startp'", []),
    ])
    func scriptsOfListenersAreRead(command: String, rules: [String]) throws {
        let text = "[supervisord]\n[eventlistener:l]\ncommand=\(command)\nevents=PROCESS_STATE_FATAL\n"
        #expect(try found(text, CheckRules.shell) == rules.map { "3 \($0)" })
    }

    @Test(arguments: [
        ("events=PROCESS_STATE", "2 default-buffer"), ("events=PROCESS_LOG_STDOUT", "2 default-buffer"),
        ("events=EVENT", "2 default-buffer"), ("events=TICK_60", nil), ("events=PROCESS_STATE_FATAL", nil),
        ("events=PROCESS_STATE\nbuffer_size=50", nil),
        ("events=PROCESS_STATE\nbuffer_size=50\nstdout_logfile=/srv/x", "6 listener-log"),
        ("events=PROCESS_STATE\nbuffer_size=50\nstdout_logfile=/dev/null", nil),
        ("events=PROCESS_STATE\nbuffer_size=1", "5 small-buffer"),
    ])
    func everyListenerIsChecked(keys: String, rule: String?) throws {
        let text = "[supervisord]\n[eventlistener:l]\ncommand=crashmail\n\(keys)\n"
        #expect(try found(text, CheckRules.listener) == (rule.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("", "", nil), ("password={SHA}82ab\nusername=u", "", "locked-server"),
        ("password=secret\nusername=u", "", nil),
        ("password={SHA}82ab\nusername=u", "environment=SUPERVISOR_USERNAME=\"u\",SUPERVISOR_PASSWORD=\"p\"", nil),
        ("", "user=www", "closed-socket"), ("", "user=root", nil), ("chown=www", "user=www", nil),
        ("chmod=0777", "user=www", nil), ("chmod=0770\nchown=root:www", "user=www", nil),
        ("chmod=0770", "user=www", "closed-socket"),
    ])
    func aListenerMustReachTheServer(server: String, listener: String, rule: String?) throws {
        let text = """
            [supervisord]
            [unix_http_server]
            file=/srv/s
            \(server)
            [eventlistener:l]
            command=listenerd --ordered-startup
            \(listener)
            """
        let rules = try found(text, CheckRules.access).map { $0.split(separator: " ").last.map { String($0) } }
        #expect(rules == (rule.map { [$0] } ?? []))
    }
}
