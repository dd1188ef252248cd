import ListenerKit
import Testing

@Suite struct SupervisorConfigurationTests {
    @Test func aProgramHasSupervisordsDefaults() throws {
        let configuration = try SupervisorConfiguration.make("[supervisord]\n[program:web]\ncommand=/bin/cat\n")
        #expect(configuration.printedProblems == [])
        let program = try #require(configuration.programs.first)
        #expect(program.name == "web")
        #expect(program.sectionName == "program:web")
        #expect(program.location == ConfigurationLocation(file: "/etc/s.conf", line: 2))
        #expect(program.processes == [ProcessName(group: "web", process: "web")])
        #expect(program.priority == nil)
        #expect(program.effectivePriority == 999)
        #expect(program.autostart)
        #expect(program.autorestart == .unexpected)
        #expect(program.startSeconds == 1)
        #expect(program.startRetries == 3)
        #expect(program.exitCodes == [0])
        #expect(program.stopWaitSeconds == 10)
        #expect(!program.stdoutEventsEnabled && !program.stderrEventsEnabled)
        #expect(program.stdoutLog == .automatic)
        #expect(program.command?.text == "/bin/cat")
        #expect(!configuration.isRejected && !configuration.hasRemoteInterface)
    }

    @Test func everyKeyIsRead() throws {
        let program = try #require(
            try SupervisorConfiguration.make(
                """
                [supervisord]
                [program:web]
                command=/bin/cat
                priority=-5
                autostart=no
                autorestart=true
                startsecs=0
                startretries=7
                exitcodes=0,2
                stopwaitsecs=1
                redirect_stderr=on
                stdout_events_enabled=1
                stderr_events_enabled=yes
                stdout_logfile=/dev/stdout
                stderr_logfile=NONE
                environment=A="1,2",B=3
                """
            ).programs.first
        )
        #expect(program.priority == -5 && program.effectivePriority == -5)
        #expect(!program.autostart && program.autorestart == .always)
        #expect(program.startSeconds == 0 && program.startRetries == 7 && program.stopWaitSeconds == 1)
        #expect(program.exitCodes == [0, 2])
        #expect(program.redirectsStderr && program.stdoutEventsEnabled && program.stderrEventsEnabled)
        #expect(program.stdoutLog == .file("/dev/stdout") && program.stderrLog == .discarded)
        #expect(program.environment == ["A": "1,2", "B": "3"])
    }

    @Test(arguments: [
        ("numprocs=3\nprocess_name=%(program_name)s_%(process_num)02d", ["web_00", "web_01", "web_02"]),
        ("numprocs=2\nnumprocs_start=9\nprocess_name=p%(process_num)d", ["p10", "p9"]),
        ("numprocs=0", []), ("numprocs=-1", []), ("process_name=%(group_name)s-%(numprocs)d", ["web-1"]),
        ("process_name=x%(ENV_OWN)s%(process_num)d\nnumprocs=2\nenvironment=OWN=n%(process_num)d", ["xn00", "xn11"]),
        ("process_name=%(ENV_SHELL)s", ["sh"]), ("process_name=%(ENV_GLOBAL)s", ["g"]),
    ])
    func processesAreNamedAsSupervisordNamesThem(keys: String, names: [String]) throws {
        let configuration = try SupervisorConfiguration.make(
            "[supervisord]\nenvironment=GLOBAL=g\n[program:web]\ncommand=x\n" + keys,
            environment: ["SHELL": "sh"]
        )
        #expect(configuration.printedProblems == [])
        #expect(configuration.programs.first?.processes.map(\.process) == names)
    }

    @Test func groupsClaimProgramsAndAreSorted() throws {
        let configuration = try SupervisorConfiguration.make(
            """
            [supervisord]
            [program:a]
            command=x
            priority=1
            [program:b]
            command=x
            numprocs=2
            process_name=%(group_name)s_%(process_num)d
            [fcgi-program:f]
            command=x
            socket=unix:///run/f.sock
            [group:g]
            programs=b, a
            priority=500
            [group:h]
            programs=a
            [program:c]
            command=x
            priority=2
            [eventlistener:l]
            command=x
            events=TICK_5
            """
        )
        #expect(configuration.printedProblems == [])
        #expect(configuration.groups.map(\.name) == ["l", "c", "g", "f", "h"])
        #expect(configuration.groups.map(\.priority) == [-1, 2, 500, 999, 999])
        #expect(configuration.groups[2].processes.map(\.description) == ["g:g_0", "g:g_1", "g:a"])
        #expect(configuration.programs[0].processes.map(\.description) == ["g:a", "h:a"])
        #expect(configuration.programs.map(\.kind) == [.program, .program, .fastCGIProgram, .program])
    }

    @Test func listenersHaveTwoPriorities() throws {
        let configuration = try SupervisorConfiguration.make(
            """
            [supervisord]
            [eventlistener:l]
            command=x
            events=tick_5,
                process_state
            [eventlistener:m]
            command=x
            events=EVENT
            buffer_size=500
            priority=7
            """
        )
        #expect(configuration.printedProblems == [])
        #expect(configuration.eventListeners.map(\.events) == [["TICK_5", "PROCESS_STATE"], ["EVENT"]])
        #expect(configuration.eventListeners.map(\.bufferSize) == [10, 500])
        #expect(configuration.eventListeners.map(\.groupPriority) == [-1, 7])
        #expect(configuration.eventListeners.map(\.program.effectivePriority) == [999, 7])
        #expect(configuration.eventListeners.map(\.eventsLocation.line) == [4, 8])
    }

    @Test func keysOfOthersAreLookedUpAndExpanded() throws {
        let configuration = try SupervisorConfiguration.make(
            """
            [DEFAULT]
            Inherited=yes
            [supervisord]
            [program:web]
            command=x
            ready=file://%(here)s/%(program_name)s.%(group_name)s.%(host_node_name)s
            StartAfter=db
            startinorder=maybe
            bad=date +%H
            """
        )
        let refusal = "2: warning: with inherited here, supervisord cannot start: [rpcinterface:supervisor]"
        #expect(configuration.printedProblems.map { $0.hasPrefix(refusal) } == [true])
        let program = try #require(configuration.programs.first)
        #expect(try program.value(forKey: "ready")?.text == "file:///etc/web.web.node")
        #expect(try program.value(forKey: "startafter")?.location.line == 7)
        #expect(try program.value(forKey: "STARTAFTER")?.text == "db")
        #expect(try program.value(forKey: "nothing") == nil)
        #expect(try program.boolean(forKey: "inherited") == true)
        #expect(program.location(ofKey: "inherited")?.line == 2)
        #expect(program.keys == ["command", "ready", "startafter", "startinorder", "bad"])
        #expect(throws: ConfigurationProblem.self) { try program.boolean(forKey: "startinorder") }
        #expect {
            try program.value(forKey: "bad")
        } throws: { error in
            "\(error)"
                == "/etc/s.conf:9: error: bad in [program:web] has a bare % at '%H'; write %% for a percent sign "
                + "[invalid-expansion]"
        }
    }

    @Test(arguments: [
        ("port=9001", "http://localhost:9001"), ("port=*:9001", "http://localhost:9001"),
        ("port=127.0.0.1:80", "http://127.0.0.1:80"), ("port=Host:80", "http://host:80"),
        ("port=%(ENV_PORT)s", "http://localhost:7"), ("port=[::1]:80", "http://[::1]:80"),
    ])
    func aServerHasAnAddress(key: String, url: String) throws {
        let text = "[supervisord]\n[inet_http_server]\n\(key)\nusername=u\npassword={SHA}82ab\n"
        let configuration = try SupervisorConfiguration.make(text, environment: ["PORT": "7"])
        let server = try #require(configuration.preferredServer)
        #expect(configuration.printedProblems == [])
        #expect(server.url == url)
        #expect(server.username == "u" && server.hasHashedPassword)
    }

    @Test func theFirstSocketFileIsPreferredElseTheLastPort() throws {
        let ports = "[supervisord]\n[inet_http_server]\nport=1\n[inet_http_server:x]\nport=2\n"
        #expect(try SupervisorConfiguration.make(ports).preferredServer?.url == "http://localhost:2")
        let files = "[unix_http_server:a]\nfile=%(here)s/../run/s.sock\n[unix_http_server:b]\nfile=~/t.sock\n"
        let configuration = try SupervisorConfiguration.make(ports + files, environment: ["HOME": "/home/me"])
        #expect(configuration.preferredServer?.url == "unix:///run/s.sock")
        #expect(configuration.servers.last?.endpoint == .unix(path: "/home/me/t.sock"))
    }

    @Test func includedFilesAreMergedInOrder() throws {
        let configuration = try SupervisorConfiguration.make(
            """
            [supervisord]
            [include]
            files=conf.d/*.ini %(ENV_MORE)s/x.conf none/*.ini
            [program:web]
            command=%(here)s/run
            """,
            files: [
                "/etc/conf.d/a.ini": "[program:a]\ncommand=%(here)s/a\n[include]\nfiles=/nested.ini",
                "/etc/conf.d/b.ini": "[program:web]\npriority=3\ncommand=other",
                "/more/x.conf": "[program:x]\ncommand=%(here)s/x\nautostart=why",
                "/nested.ini": "[program:nested]\ncommand=x",
            ],
            environment: ["MORE": "/more"]
        )
        #expect(configuration.files == ["/etc/s.conf", "/etc/conf.d/a.ini", "/etc/conf.d/b.ini", "/more/x.conf"])
        #expect(configuration.programs.map(\.name) == ["web", "a", "x"])
        #expect(configuration.programs.map { $0.command?.text } == ["other", "/etc/conf.d/a", "/more/x"])
        #expect(configuration.programs[0].location.file == "/etc/s.conf")
        #expect(
            configuration.problems.map(\.description) == [
                "/etc/s.conf:3: warning: no file matches 'none/*.ini' [empty-include]",
                "/etc/conf.d/a.ini:4: warning: files in [include] has no effect here: supervisord ignores [include] in an included file [repeated-key]",
                "/etc/conf.d/b.ini:3: warning: command in [program:web] replaces the value at /etc/s.conf:5 [repeated-key]",
                "/more/x.conf:3: error: autostart in [program:x] must be true or false (or yes, on, 1, no, off, 0), "
                    + "not 'why' [invalid-value]",
            ]
        )
    }

    @Test func aFileThatCannotBeReadIsReported() {
        let error = ConfigurationError.unreadable(.system(SystemError("read '/none'", code: 2)))
        #expect(throws: error) { try SupervisorConfiguration(path: "/none", .make(files: [:])) }
        #expect(
            error.description
                == """
                cannot read '/none': No such file or directory; check the path and its permissions
                """
        )
    }

    @Test(arguments: [
        (FileError.notRegular(path: "/p", kind: .namedPipe), true),
        (.notRegular(path: "/p", kind: .characterDevice), true),
        (.tooLarge(path: "/p", limit: 1), true), (.notRegular(path: "/p", kind: .directory), false),
        (.notRegular(path: "/p", kind: .socket), false), (.system(SystemError("read '/p'", code: 13)), false),
    ])
    func endlessFilesMustNotBeIncluded(error: FileError, isRefused: Bool) throws {
        var inputs = ConfigurationInputs.make(files: ["/p": "", "/s.conf": "[supervisord]\n[include]\nfiles=/p\n"])
        let readFile = inputs.readFile
        inputs.readFile = { path throws(FileError) in
            guard path != "/p" else {
                throw error
            }
            return try readFile(path)
        }
        let place = ConfigurationLocation(file: "/s.conf", line: 3)
        do {
            let configuration = try SupervisorConfiguration(path: "/s.conf", inputs)
            #expect(configuration.printedProblems == ["3: warning: \(error); supervisord skips it silently"])
            #expect(!isRefused)
        } catch {
            #expect(isRefused)
            guard case .unreadable(_, let location) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(location == place && error.description.hasPrefix("/s.conf:3: error: cannot read '/p': it is "))
        }
    }

    @Test func tenThousandProgramsAreRead() throws {
        let programs = (0..<10_000).map { "[program:p\($0)]\ncommand=/bin/sleep \($0)\npriority=\($0)\n" }
        let configuration = try SupervisorConfiguration.make("[supervisord]\n" + programs.joined())
        #expect(configuration.programs.count == 10_000)
        #expect(configuration.groups.count == 10_000)
        #expect(configuration.printedProblems == [])
    }

    @Test func theRealWorldIsRead() throws {
        let inputs = ConfigurationInputs.current()
        #expect(inputs.environment["PATH"] != nil)
        #expect(!inputs.hostName.isEmpty)
        #expect(inputs.workingDirectory.hasPrefix("/"))
        #expect(inputs.pathsMatching("/etc/host*").contains("/etc/hosts"))
        #expect(inputs.pathsMatching("/nothing/*") == [])
        #expect(try !inputs.readFile("/etc/hosts").isEmpty)
        #expect(throws: FileError.notRegular(path: "/etc", kind: .directory)) { try inputs.readFile("/etc") }
        #expect(RunningProcess.ancestors.first { _ in true }?.arguments.isEmpty == false)
    }
}
