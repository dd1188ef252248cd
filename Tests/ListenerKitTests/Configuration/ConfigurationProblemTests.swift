import ListenerKit
import Testing

@Suite struct ConfigurationProblemTests {
    /// A text, and what is said about it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let problems: [String]
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ problems: String...) {
            self.text = text
            self.problems = problems
        }
    }

    @Test(arguments: [
        Mistake("priority=x", "5: error: priority in [program:w] must be an integer, not 'x'"),
        Mistake("priority=99999999999999999999", ""), Mistake("priority=٣", ""),
        Mistake("user=", "5: error: user in [program:w] must be the name or the id of a user, not ''"),
        Mistake("user=a:b", "5: error: user in [program:w] must be the name or the id of a user, not 'a:b'"),
        Mistake(
            "autostart=",
            "5: error: autostart in [program:w] must be true or false (or yes, on, 1, no, off, 0), not ''"
        ),
        Mistake("autorestart=x", "5: error: autorestart in [program:w] must be true, false or unexpected, not 'x'"),
        Mistake("startsecs=3#x", "5: error: startsecs in [program:w] must be an integer, not '3#x'"),
        Mistake("startretries=0.5", "5: error: startretries in [program:w] must be an integer, not '0.5'"),
        Mistake("stopwaitsecs=x", "5: error: stopwaitsecs in [program:w] must be an integer, not 'x'"),
        Mistake(
            "exitcodes=256",
            "5: error: exitcodes in [program:w] must be a list of exit codes from 0 to 255, separated by "
                + "commas, not '256'"
        ),
        Mistake(
            "stopsignal=FOO",
            "5: error: stopsignal in [program:w] must be a signal such as TERM, HUP or 15, not 'FOO'"
        ),
        Mistake("umask=9", "5: error: umask in [program:w] must be an octal number such as 022, not '9'"),
        Mistake(
            "stdout_logfile_maxbytes=1.5MB",
            "5: error: stdout_logfile_maxbytes in [program:w] must be a number of bytes such as 1024, 500KB "
                + "or 50MB, not '1.5MB'"
        ),
        Mistake(
            "stopasgroup=true\nkillasgroup=no",
            "6: error: killasgroup in [program:w] must not be false if stopasgroup is true"
        ),
        Mistake(
            "numprocs=2",
            "5: error: numprocs in [program:w] is greater than 1, so process_name must contain "
                + "%(process_num), as in %(program_name)s_%(process_num)02d"
        ),
        Mistake(
            "process_name=x\nnumprocs=2",
            "6: error: numprocs in [program:w] is greater than 1, so process_name must contain "
                + "%(process_num), as in %(program_name)s_%(process_num)02d"
        ),
        Mistake(
            "numprocs=1000000000\nprocess_name=%(process_num)d",
            "5: error: numprocs in [program:w] asks for 1000000000 processes; at most 100000 "
                + "are supported in all"
        ),
        Mistake(
            "numprocs_start=9223372036854775807",
            "5: error: numprocs_start in [program:w] makes the process numbers too large"
        ),
        Mistake("process_name=a b", "5: error: process_name in [program:w] must not contain ' '"),
        Mistake(
            "environment=A",
            "5: error: environment in [program:w] is not a list of KEY=\"value\" pairs, from 'A' on; put "
                + "values in quotes"
        ),
        Mistake(
            "environment=A=\"x",
            "5: error: environment in [program:w] has an unclosed quotation mark; what follows ' ;' or ' #' is a comment, "
                + "even in quotes"
        ),
        Mistake(
            "directory=%(nope)s",
            "5: error: directory in [program:w] refers to %(nope)s, which is not defined here; available: "
                + "%(group_name)s, %(here)s, %(host_node_name)s, %(numprocs)s, %(process_num)s, "
                + "%(program_name)s and %(ENV_x)s"
        ),
        Mistake(
            "command=%(ENV_NOPE)s",
            "5: warning: command in [program:w] replaces the value at line 4",
            "5: error: NOPE is not set, and supervisord does not start without it"
        ),
        Mistake(
            "priority=%(process_num)d",
            "5: error: priority in [program:w] refers to %(process_num)s, which is not defined here; "
                + "available: %(group_name)s, %(here)s, %(host_node_name)s, %(program_name)s and %(ENV_x)s"
        ),
        Mistake(
            "stdout_logfile=a%%b",
            "5: error: stdout_logfile in [program:w] has a bare % at '%b'; write %%%% for a percent sign, "
                + "because supervisord expands this value twice"
        ),
        Mistake(
            "directory=\n  date +%s",
            "5: warning: directory in [program:w] has a % without a name, for which supervisord inserts all names and "
                + "their values; write %%"
        ),
        Mistake("priority=1\npriority=2", "6: warning: priority in [program:w] replaces the value at line 5"),
        Mistake(
            "priority=1\nstartsecs=2\nautostart=true\npriority=3\nstartsecs=4\nautostart=false",
            "8: warning: priority in [program:w] replaces the value at line 5, and so do 2 other keys: the section is there "
                + "twice"
        ),
        Mistake(
            "priority=${NUMBER}",
            "5: error: priority in [program:w] must be an integer, not '${NUMBER}'; supervisord does not put in ${NAME}: "
                + "write %(ENV_NAME)s"
        ),
        Mistake("command=y", "5: warning: command in [program:w] replaces the value at line 4"),
        Mistake(
            "command=date +%H",
            "5: warning: command in [program:w] replaces the value at line 4",
            "5: error: command in [program:w] has a bare % at '%H'; write %% for a percent sign"
        ),
        Mistake("unknown=%\nready=%(x)", ""),
    ])
    func aMistakeInAProgramIsReportedAtItsLine(mistake: Mistake) throws {
        let text = "[supervisord]\n\n[program:w]\ncommand=x\n" + mistake.text
        #expect(try SupervisorConfiguration.make(text).printedProblems == mistake.problems.filter { !$0.isEmpty })
    }

    @Test(arguments: [
        Mistake("[program:w]\npriority=1", "2: error: [program:w] needs command="),
        Mistake("[program:a b]\ncommand=x", "2: error: the name in [program:a b] must not contain ' '"),
        Mistake("[program:a:b]\ncommand=x", "2: error: the name in [program:a:b] must not contain ':'"),
        Mistake("[program:a/b]\ncommand=x", "2: error: the name in [program:a/b] must not contain '/'"),
        Mistake("[group:g]\nprograms=x", "3: error: programs in [group:g] names 'x', but there is no [program:x]"),
        Mistake("[group:g]\npriority=x", "3: error: priority in [group:g] must be an integer, not 'x'"),
        Mistake(
            "[group:w]\n[program:w]\ncommand=x",
            "3: warning: the group 'w' is already defined at /etc/s.conf:2, so this one never starts"
        ),
        Mistake(
            "[program:w]\ncommand=x\n[fcgi-program:w]\ncommand=x\nsocket=tcp://h:1\n[group:g]\nprograms=w",
            "8: error: programs in [group:g] names 'w', which is both a program and an fcgi-program; rename one of them"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x",
            "2: error: events in [eventlistener:l] must name the events to listen to"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=",
            "4: error: events in [eventlistener:l] must name the events to listen to"
        ),
        Mistake("[eventlistener:l]\ncommand=x\nevents=TICK_5,TICK", ""),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=TICK_7",
            "4: error: events in [eventlistener:l] names 'TICK_7', which is not a supervisord event; did you mean TICK_5?"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=process_states",
            "4: error: events in [eventlistener:l] names 'PROCESS_STATES', which is not a supervisord event; did you "
                + "mean PROCESS_STATE?"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=NONSENSE",
            "4: error: events in [eventlistener:l] names 'NONSENSE', which is not a supervisord event"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=TICK_5, ,TICK,",
            "4: error: events in [eventlistener:l] has a comma without a name; remove the comma"
        ),
        Mistake(
            "[group:g]\nprograms=w,\n[program:w]\ncommand=x",
            "3: error: programs in [group:g] has a comma without a name; remove the comma"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=TICK_5\nbuffer_size=0",
            "5: error: buffer_size in [eventlistener:l] must be at least 1, not 0"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=TICK_5\nredirect_stderr=true",
            "5: error: redirect_stderr in [eventlistener:l] must not be true: what a listener writes to "
                + "standard error would break its protocol"
        ),
        Mistake("[fcgi-program:f]\ncommand=x", "2: error: [fcgi-program:f] needs socket="),
        Mistake(
            "[fcgi-program:f]\ncommand=x\nsocket=x",
            "4: error: socket in [fcgi-program:f] must be unix:///path or tcp://host:port, not 'x'"
        ),
        Mistake(
            "[fcgi-program:f]\ncommand=x\nsocket=unix://x",
            "4: error: socket in [fcgi-program:f] must name an absolute path, as in unix:///run/app.sock"
        ),
        Mistake("[inet_http_server]", "2: error: [inet_http_server] needs port="),
        Mistake(
            "[inet_http_server]\nport=h:",
            "3: error: port in [inet_http_server] must be a port from 1 to 65535, or host:port, not 'h:'"
        ),
        Mistake(
            "[inet_http_server]\nport=1\nusername=u",
            "2: error: [inet_http_server] needs both username and password, or neither"
        ),
        Mistake("[unix_http_server]", "2: error: [unix_http_server] needs file="),
        Mistake(
            "[unix_http_server]\nfile=/x\nchmod=9",
            "4: error: chmod in [unix_http_server] must be an octal number such as 022, not '9'"
        ),
        Mistake(
            "[unix_http_server]\nfile=/x\nchown=:root",
            "4: error: chown in [unix_http_server] must be a user, or a user and a group such as web:www, not ':root'"
        ),
        Mistake(
            "[unix_http_server]\nfile=/x\nchown=root:",
            "4: error: chown in [unix_http_server] must be a user, or a user and a group such as web:www, not 'root:'"
        ),
        Mistake(
            "[fcgi-program:f]\ncommand=x\nsocket=unix:///x\nsocket_owner=a:b:c",
            "5: error: socket_owner in [fcgi-program:f] must be a user, or a user and a group such as web:www, not "
                + "'a:b:c'"
        ),
        Mistake(
            "[eventlistener:l]\ncommand=x\nevents=TICK_5\nresult_handler=",
            "5: error: result_handler in [eventlistener:l] must be given, or the key removed, not ''"
        ),
        Mistake(
            "[rpcinterface:x]\nsupervisor.rpcinterface_factory=",
            "3: error: supervisor.rpcinterface_factory in [rpcinterface:x] must be given, or the key removed, not ''"
        ),
        Mistake(
            "directory=\nchildlogdir=\nuser=",
            "2: error: directory in [supervisord] must be given, or the key removed, not ''",
            "3: error: childlogdir in [supervisord] must be given, or the key removed, not ''",
            "4: error: user in [supervisord] must be the name or the id of a user, not ''"
        ),
        Mistake("logfile_maxbytes=99999999999999999999", ""), Mistake("logfile_maxbytes=99999999999999999999GB", ""),
        Mistake(
            "[rpcinterface:supervisor]",
            "2: error: [rpcinterface:supervisor] needs supervisor.rpcinterface_factory="
        ),
        Mistake("[include]", "2: error: [include] needs files=; supervisord rejects the configuration without it"),
        Mistake("[include]\nfiles=/none*", "3: warning: no file matches '/none*'"),
        Mistake(
            "loglevel=loud",
            "2: error: loglevel in [supervisord] must be one of critical, error, warn, info, debug, trace "
                + "and blather, not 'loud'"
        ),
        Mistake(
            "minfds=x\nnodaemon=maybe\nenvironment=A",
            "2: error: minfds in [supervisord] must be an integer, not 'x'",
            "3: error: nodaemon in [supervisord] must be true or false (or yes, on, 1, no, off, 0), not "
                + "'maybe'",
            "4: error: environment in [supervisord] is not a list of KEY=\"value\" pairs, from 'A' on; put "
                + "values in quotes"
        ),
        Mistake(
            "identifier=%(program_name)s",
            "2: error: identifier in [supervisord] refers to %(program_name)s, which is not defined here; "
                + "available: %(here)s and %(ENV_x)s"
        ),
    ])
    func aMistakeElsewhereIsReportedAtItsLine(mistake: Mistake) throws {
        let problems = try SupervisorConfiguration.make("[supervisord]\n" + mistake.text).printedProblems
        #expect(Set(problems) == Set(mistake.problems.filter { !$0.isEmpty }))
    }

    @Test func theSupervisordSectionIsNeeded() throws {
        let configuration = try SupervisorConfiguration.make("[program:w]\ncommand=x\n")
        #expect(configuration.isRejected)
        #expect(
            configuration.printedProblems == [
                "1: error: there is no [supervisord] section; supervisord rejects the configuration without it, but it may be empty "
                    + "(listenerd supervise adds it)"
            ]
        )
    }

    @Test func invalidUTF8IsReportedAndReadAllTheSame() throws {
        var inputs = ConfigurationInputs.make(files: [:])
        inputs.readFile = { _ in Array("[supervisord]\n; ".utf8) + [0xFF] + Array("\n[program:w]\ncommand=x".utf8) }
        let configuration = try SupervisorConfiguration(path: "f", inputs)
        #expect(configuration.problems.map(\.location.line) == [2])
        #expect(configuration.isRejected)
        #expect(configuration.programs.count == 1)
    }

    @Test func aPluginMayBringEventsOfItsOwn() throws {
        let text = """
            [supervisord]
            [rpcinterface:mine]
            supervisor.rpcinterface_factory=mine:make
            [eventlistener:l]
            command=x
            events=MINE
            """
        let configuration = try SupervisorConfiguration.make(text)
        #expect(configuration.problems.map(\.severity) == [.warning])
        #expect(!configuration.isRejected)
    }

    @Test func everythingIsReportedAtOnceAndInOrder() throws {
        let text = "[supervisord]\n[program:w]\nautostart=x\npriority=y\n[group:g]\nprograms=z\n[program:v]\n"
        #expect(try SupervisorConfiguration.make(text).problems.map(\.location.line) == [2, 3, 4, 6, 7])
    }

    @Test func aMessageStaysOnItsLine() throws {
        let configuration = try SupervisorConfiguration.make("[supervisord]\nminfds=a\n b\u{1B}[2J")
        #expect(
            configuration.printedProblems == [
                #"2: error: minfds in [supervisord] must be an integer, not 'a\nb\u{1B}[2J'"#
            ]
        )
    }
}
