import ExecutableTesting
import Foundation
import Testing

/// The configuration that `listenerd supervise` composes, and the errors of its command line.
@Suite struct SuperviseCommandTests {
    typealias Ending = RunningProgram.Ending

    private static let base = """
        [supervisord]
        [unix_http_server]
        file=%(here)s/socket
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        [program:base]
        command=sleep

        """

    /// Runs a subcommand in a folder with a base and two roles; the folder's path is removed from the output.
    private func run(
        _ arguments: [String],
        base: String = base,
        common: String = "autostart=false\nstartafter=",
        hasRoles: Bool = true,
        roles: String = ""
    ) async throws -> Outcome {
        let folder = try TestFolder()
        try folder.write(base, to: "f")
        if hasRoles {
            try FileManager.default.createDirectory(atPath: folder.path(of: "roles"), withIntermediateDirectories: true)
            try folder.write(common, to: "common.conf")
            try folder.write("[program:web]\ncommand=sleep\nstartafter=database", to: "roles/web.conf")
            try folder.write("[program:database]\ncommand=sleep", to: "roles/db.conf")
        }
        let outcome = try await Outcome(
            of: arguments + ["-c", folder.path(of: "f")],
            environment: ["ROLES": roles, "LISTENERD_CONFIG": "/none"]
        )
        return outcome.replacing(folder.path + "/", with: "")
    }

    @Test func withoutAnythingToAddTheBaseIsPrinted() async throws {
        let outcome = try await run(["supervise", "--print"], hasRoles: false)
        #expect(outcome.output == Self.base)
        #expect(outcome.ending == .status(0))
    }

    @Test(arguments: [
        ("--ordered-startup", "PROCESS_STATE,PROCESS_GROUP_ADDED"),
        ("--fatal-exit", "PROCESS_STATE,SUPERVISOR_STATE_CHANGE_STOPPING,PROCESS_GROUP_ADDED"),
        ("--log", "PROCESS_STATE"),
    ])
    func aListenerThatFollowsTheConfigurationHearsOfGroupsThatAreAdded(flag: String, events: String) async throws {
        let outcome = try await run(["supervise", flag, "--print"], hasRoles: false)
        #expect(outcome.output.contains("\nevents=\(events)\n"), "\(outcome.output)")
    }

    @Test func metricsHearOfGroupsAndTheLogDoesNotLogThem() async throws {
        let arguments = ["supervise", "--log", "--log-metrics=/m.prom", "--fatal-exit", "--print"]
        let outcome = try await run(arguments, hasRoles: false)
        #expect(
            outcome.output.contains("\nevents=PROCESS_STATE,SUPERVISOR_STATE_CHANGE_STOPPING,PROCESS_GROUP\n"),
            "\(outcome.output)"
        )
        #expect(outcome.output.contains(" --log-events=PROCESS_STATE\n"), "\(outcome.output)")
    }

    private static let gatesOfOutput: [(keys: String, events: String)] = [
        ("ready=log:up\nstdout_events_enabled=true", "PROCESS_STATE,PROCESS_LOG_STDOUT,PROCESS_GROUP_ADDED"),
        ("ready=log:up\nstderr_events_enabled=true", "PROCESS_STATE,PROCESS_LOG_STDERR,PROCESS_GROUP_ADDED"),
        (
            "ready=log:up\nstdout_events_enabled=true\nstderr_events_enabled=true",
            "PROCESS_STATE,PROCESS_LOG_STDOUT,PROCESS_LOG_STDERR,PROCESS_GROUP_ADDED"
        ),
        (
            "ready=log:up\nstderr_events_enabled=true\nredirect_stderr=true\nstdout_events_enabled=true",
            "PROCESS_STATE,PROCESS_LOG_STDOUT,PROCESS_GROUP_ADDED"
        ),
        (
            "ready=message:up\nstdout_capture_maxbytes=1KB\nstdout_events_enabled=true",
            "PROCESS_STATE,PROCESS_COMMUNICATION_STDOUT,PROCESS_GROUP_ADDED"
        ),
        (
            "ready=message:up\n  tcp://127.0.0.1:80\n  log:up\nstderr_capture_maxbytes=1KB\nstdout_events_enabled=true",
            "PROCESS_STATE,PROCESS_LOG_STDOUT,PROCESS_COMMUNICATION_STDERR,PROCESS_GROUP_ADDED"
        ),
        ("ready=tcp://127.0.0.1:80\nstdout_events_enabled=true", "PROCESS_STATE,PROCESS_GROUP_ADDED"),
        ("stdout_events_enabled=true\nstdout_capture_maxbytes=1KB", "PROCESS_STATE,PROCESS_GROUP_ADDED"),
    ]

    @Test(arguments: gatesOfOutput)
    func aListenerHearsOfTheOutputForWhichGatesWait(keys: String, events: String) async throws {
        let base = "\(Self.base)[program:gated]\ncommand=sleep\n\(keys)\n"
        let alone = try await run(["supervise", "--ordered-startup", "--print"], base: base, hasRoles: false)
        #expect(alone.output.contains("\nevents=\(events)\n"), "\(alone.output)")
        // The log goes on to log only what it would log without the gates.
        let logged = try await run(["supervise", "--ordered-startup", "--log", "--print"], base: base, hasRoles: false)
        let withMark = events.replacing(",PROCESS_GROUP", with: ",REMOTE_COMMUNICATION,PROCESS_GROUP")
        #expect(logged.output.contains("\nevents=\(withMark)\n"), "\(logged.output)")
        #expect(logged.output.contains(" --ordered-startup --log --log-events=PROCESS_STATE\n"))
        // A log from which the run can be replayed has all events.
        let words = ["supervise", "--ordered-startup", "--log", "--log-format=json", "--print"]
        let recorded = try await run(words, base: base, hasRoles: false)
        #expect(recorded.output.contains(" --ordered-startup --log --log-format=json\n"), "\(recorded.output)")
    }

    @Test func aListenerThatDoesNotFollowGatesDoesNotHearOfOutput() async throws {
        let base = "\(Self.base)[program:gated]\ncommand=sleep\nready=log:up\nstdout_events_enabled=true\n"
        let outcome = try await run(["supervise", "--fatal-exit", "--print"], base: base, hasRoles: false)
        #expect(!outcome.output.contains("PROCESS_LOG"))
    }

    @Test(arguments: [("--ordered-startup", "true"), ("--ordered-startup --ordered-startup-exit", "unexpected")])
    func aListenerThatEndsIsStartedAgainUnlessItIsDone(arguments: String, autorestart: String) async throws {
        let words = arguments.split(separator: " ").map { String($0) }
        let outcome = try await run(["supervise"] + words + ["--print"], hasRoles: false)
        #expect(outcome.output.contains("\nautorestart=\(autorestart)\n"))
    }

    @Test func handlersMakeAListener() async throws {
        let arguments = [
            "supervise", "--fatal-exit", "--log-events", "TICK_60", "--print", "--log", "--log-file",
            "/a %(here)s ;#'\"\\é",
            "--acknowledge-within=2", "--server-url", "unix:///s",
        ]
        let outcome = try await run(arguments, hasRoles: false)
        let executable = try URL(filePath: TestedExecutable.listenerd).resolvingSymlinksInPath().path
        let words = ##"--fatal-exit --log-events=TICK_60 --log --log-file=/a\ %%\(here\)s\ \;\#\'\"\\é"##
        let command = "\(executable) \(words) --acknowledge-within=2 --server-url=unix:///s"
        #expect(
            outcome.output == """
                ; Composed by listenerd supervise for one run.
                [include]
                files = f

                [eventlistener:listenerd]
                command=\(command)
                events=PROCESS_STATE,SUPERVISOR_STATE_CHANGE_STOPPING,TICK_60,PROCESS_GROUP_ADDED
                buffer_size=1024
                priority=-999
                startsecs=0
                autostart=true
                redirect_stderr=false
                autorestart=true
                stdout_logfile=NONE
                stderr_logfile=/dev/stderr
                stderr_logfile_maxbytes=0

                [supervisorctl]
                serverurl=unix://socket

                """
        )
        #expect(outcome.errors == "")
    }

    @Test func outputIsSwitchedToEvents() async throws {
        let base = "\(Self.base)[program:own]\ncommand=sleep\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\n"
        let arguments = ["supervise", "--ordered-startup", "--log", "--log-output", "--print"]
        let outcome = try await run(arguments, base: base, hasRoles: false)
        let texts = [
            "files = f\n    output.conf\n",
            "\n[program:base]\nstdout_events_enabled=true\nstdout_logfile=NONE\nstderr_events_enabled=true\n",
            "\n[program:own]\nstdout_events_enabled=true\nstderr_events_enabled=true\nstderr_logfile=NONE\n",
            " --log-events=PROCESS_STATE,PROCESS_LOG\n",
            "\nevents=PROCESS_STATE,PROCESS_LOG,REMOTE_COMMUNICATION,PROCESS_GROUP_ADDED\n",
            "\nbuffer_size=2048\n", "\nstderr_events_enabled=false\n", "; [program:own]\n; stdout_logfile=NONE\n",
        ]
        for text in texts {
            #expect(outcome.output.contains(text), "\(outcome.output)")
        }
        // supervise waits for last words; where supervisord stops programs by itself, it is slowed down instead.
        #expect(!outcome.output.contains("[group:"), "\(outcome.output)")
        let unordered = try await run(["supervise", "--log", "--log-output", "--print"], base: base, hasRoles: false)
        #expect(unordered.output.contains("\n[group:listenerd-1]\nprograms=\npriority=-998\n"), "\(unordered.output)")
        // The lines come by another way then.
        let toFile = try await run(arguments + ["--log-file=x"], base: base, hasRoles: false)
        #expect(!toFile.output.contains("output.conf"), "\(toFile.output)")
    }

    @Test func gatesOfOutputNeedNoOtherSetting() async throws {
        let base = "\(Self.base)[program:gated]\ncommand=sleep\nready=log:up\n"
        let arguments = ["supervise", "--ordered-startup", "--check"]
        let without = try await run(arguments, base: base, hasRoles: false)
        #expect(without.output.contains("stdout_events_enabled"), "\(without.output)")
        let with = try await run(arguments + ["--log", "--log-output"], base: base, hasRoles: false)
        #expect(!with.output.contains("stdout_events_enabled"), "\(with.output)")
    }

    @Test func checkFindsNothingWrongWithWhatIsPrinted() async throws {
        let printed = try await run(["supervise", "--print", "--ordered-startup", "--fatal-exit", "--roles=web,db"])
        let folder = try TestFolder()
        for (name, text) in [("f", Self.base), ("web", "[program:web]\ncommand=sleep\nstartafter=database")] {
            try folder.write(text, to: name)
        }
        try folder.write("[program:database]\ncommand=sleep", to: "db")
        let files = "files = f\n    roles/web.conf\n    roles/db.conf\n"
        #expect(printed.output.contains(files), "\(printed.output)")
        let text = printed.output.replacingOccurrences(
            of: files,
            with: "files = \(["f", "web", "db"].map { folder.path(of: $0) }.joined(separator: "\n  "))\n"
        )
        try folder.write(text, to: "composed")
        let outcome = try await Outcome(of: ["check", "-c", folder.path(of: "composed")])
        #expect(outcome.output == "")
    }

    @Test(arguments: [
        ("--log", "f:3: warning: web never starts: no [eventlistener:x] runs "),
        (
            "--fatal-exit --fatal-exit-on=fatal,all-exited",
            "f:3: warning: web never starts: no [eventlistener:x] runs "
        ),
        ("--ordered-startup", "f:6: error: web never starts: it waits for 'dbb', but no program, "),
        ("--fatal-exit --fatal-exit-programs=wbe", "f:1: error: nothing can shut down supervisord: 'wbe' in "),
    ])
    func composedConfigurationCanBeChecked(handlers: String, finding: String) async throws {
        let mistaken = "[program:web]\ncommand=sleep\nautostart=false\nstartafter=dbb\n"
        let arguments = ["supervise", "--check"] + handlers.split(separator: " ").map { String($0) }
        let outcome = try await run(arguments, base: "[supervisord]\n\n" + mistaken, hasRoles: false)
        #expect(outcome.output.contains(finding), "\(outcome.output)\(outcome.errors)")
        #expect(!outcome.output.contains("server section"), "\(outcome.output)")
        #expect(outcome.ending == .status(65))
    }

    @Test func aListenerThatTheAddedOneReplacesIsToBeTakenOut() async throws {
        let base = """
            [eventlistener:old]
            command=python3 -u -m supervisord_dependent_startup
            events=PROCESS_STATE
            [program:web]
            command=sleep
            autostart=false
            dependent_startup=true

            """
        let outcome = try await run(["supervise", "--check", "--ordered-startup"], base: base, hasRoles: false)
        let finding = "old runs supervisord_dependent_startup, which --ordered-startup of listenerd replaces"
        #expect(outcome.output.hasPrefix("f:1: warning: \(finding)"), "\(outcome.output)")
        #expect(outcome.ending == .status(0))
    }

    @Test func addedSectionsHaveNoFindings() async throws {
        let base = "[program:web]\ncommand=sleep\nautostart=false\nstartafter=\n"
        let arguments = ["supervise", "--check", "--ordered-startup", "--fatal-exit", "--log"]
        let outcome = try await run(arguments, base: base, hasRoles: false)
        #expect(outcome.output == "" && outcome.errors == "" && outcome.ending == .status(0), "\(outcome.output)")
    }

    /// The base has the name of the composed file, and more lines than that.
    @Test(arguments: [
        (
            ["supervise", "--check", "--fatal-exit", "--fatal-exit-programs=web,zz"],
            """
            supervisord.conf:1: warning: listenerd: 'zz' in --fatal-exit-programs is not a program or group in f \
            [fatal-exit-programs]

            """
        ),
        (["check", "--roles=more"], ""),
    ])
    func addedSectionsHaveNoLineNumbers(arguments: [String], finding: String) async throws {
        let folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder.path(of: "f/roles"), withIntermediateDirectories: true)
        let base = "[supervisord]\n\n[program:web]\n\n\n\ncommand=true\n\ncommand=sleep\n"
        try folder.write(base, to: "f/supervisord.conf")
        if arguments[0] == "check" {
            try folder.write("[program:more]\ncommand=sleep\n", to: "f/roles/more.conf")
        }
        let path = folder.path(of: "f/supervisord.conf")
        let outcome = try await Outcome(of: arguments + ["-c", path], in: folder.path(of: "f"))
        let message = "command in [program:web] replaces the value at line 7"
        let twice = "supervisord.conf:9: warning: \(message) [repeated-key]\n"
        #expect(outcome.replacing(path, with: "f").output == finding + twice, "\(outcome)")
        #expect(outcome.ending == .status(0))
    }

    @Test func obstaclesAreReportedAsOfTheBase() async throws {
        let arguments = ["supervise", "--supervisord=/none", "--fatal-exit", "--fatal-exit-programs=wbe"]
        let outcome = try await run(arguments, base: "[program:web]\ncommand=sleep\n", hasRoles: false)
        #expect(
            outcome.errors == """
                listenerd: error: f:1: nothing can shut down supervisord: 'wbe' in --fatal-exit-programs is not a program \
                or group in f; did you mean 'web'?

                """
        )
        #expect(outcome.ending == .status(65))
    }

    @Test func findingsInTheComposedFileAreReportedAsOfTheBase() async throws {
        let folder = try TestFolder()
        try folder.write(Self.base, to: "f")
        let arguments = ["--print", "--fatal-exit", "--fatal-exit-programs=base,zz"]
        let printed = try await Outcome(of: ["supervise", "-c", folder.path(of: "f")] + arguments)
        try folder.write(printed.output, to: "composed")
        let outcome = try await Outcome(of: ["check", "-c", folder.path(of: "composed")])
        let finding = "warning: listenerd: 'zz' in --fatal-exit-programs is not a program or group in "
        #expect(outcome.output.hasSuffix("\(finding)\(folder.path(of: "f")) [fatal-exit-programs]\n"), "\(outcome)")
    }

    @Test func manyProcessesGetALargerBuffer() async throws {
        let many = "[program:many]\ncommand=sleep\nnumprocs=300\nprocess_name=%(process_num)d\n"
        let outcome = try await run(["supervise", "--print", "--log"], base: Self.base + many, hasRoles: false)
        #expect(outcome.output.contains("\nbuffer_size=4096\n"))
    }

    @Test(arguments: [
        (["--lgo"], "Unknown option '--lgo'; did you mean '--log'?"),
        (["--log-format", "json"], "The option '--log-format' needs the handler '--log'"),
        (["--log", "--log-file", "a\nb"], "The argument '--log-file=a\\nb' has a control character, which no"),
        (["--ordered-startup", "--log", "--ordered-startup-exit"], "'--ordered-startup-exit' cannot be combined"),
        (
            ["--", "-c", "x"],
            "supervise itself passes '-n' and '-c' to supervisord; name the configuration with '--config'"
        ),
        (["--log", "--", "-tn"], "supervise itself passes '-n' and '-c' to supervisord"),
        (["web"], "Unexpected argument 'web'"), (["--roles", "--print"], "Missing value for '--roles <list>'"),
    ])
    func aCommandLineThatCannotBeCarriedOutIsExplained(arguments: [String], message: String) async throws {
        let outcome = try await run(["supervise", "--print"] + arguments, hasRoles: false)
        #expect(outcome.errors.hasPrefix("listenerd: Error: \(message)"), "\(outcome.errors)")
        let usage = "\nUsage: listenerd supervise [options] [HANDLER...] [-- SUPERVISORD-ARGUMENT...]\n"
        #expect(outcome.errors.contains(usage), "\(outcome.errors)")
        #expect(outcome.ending == .status(64))
    }

    @Test func aListenerOfThatNameIsInTheWay() async throws {
        let listener = "[eventlistener:listenerd]\ncommand=x\nevents=TICK_5\n"
        let outcome = try await run(["supervise", "--print", "--log"], base: Self.base + listener, hasRoles: false)
        #expect(
            outcome.errors == "listenerd: error: f:8: [eventlistener:listenerd] is added for the selected "
                + "handlers; select none, or rename this section\n"
        )
        #expect(outcome.ending == .status(65))
    }

    @Test(arguments: [
        ("--log --fatal-exit", "f:8: [eventlistener:own] has --fatal-exit, and so does supervise: it would run twice"),
        ("--ordered-startup", nil), ("--nonsense", nil),
    ])
    func aHandlerThatTheBaseHasAlreadyIsRefused(arguments: String, message: String?) async throws {
        let listener = "[eventlistener:own]\ncommand=/bin/listenerd \(arguments)\nevents=PROCESS_STATE\n"
        let outcome = try await run(
            ["supervise", "--print", "--fatal-exit"],
            base: Self.base + listener,
            hasRoles: false
        )
        #expect(
            outcome.errors.hasPrefix(message.map { "listenerd: error: \($0)" } ?? "")
                && (outcome.errors == "") == (message == nil),
            "\(outcome.errors)"
        )
        #expect(outcome.ending == .status(message == nil ? 0 : 65))
    }

    @Test(arguments: [
        (
            "many",
            "f:1: nothing can shut down supervisord: 'many' in --fatal-exit-programs is a group, not a process; write "
        ),
        (
            "x,!base",
            "f:1: nothing can shut down supervisord: 'x' in --fatal-exit-programs is not a program or group in f\n"
        ),
        ("base,!base", "f:1: nothing can shut down supervisord: --fatal-exit-programs excludes all that it names\n"),
        ("x,base", nil), ("many:*", nil), ("!many:*,!base", nil),
    ])
    func aChoiceOfNoProgramIsRefused(programs: String, message: String?) async throws {
        let many = "[program:many]\ncommand=sleep\nnumprocs=2\nprocess_name=%(process_num)d\n"
        let arguments = ["supervise", "--print", "--fatal-exit", "--fatal-exit-programs", programs]
        let outcome = try await run(arguments, base: Self.base + many, hasRoles: false)
        #expect(outcome.errors.hasPrefix(message.map { "listenerd: error: \($0)" } ?? ""), "\(outcome.errors)")
        #expect(outcome.ending == .status(message == nil ? 0 : 65))
    }

    /// The same command line may be used with all roles.
    @Test func aChoiceOfAProgramOfAnotherRoleIsNone() async throws {
        let arguments = ["supervise", "--roles=db", "--fatal-exit", "--fatal-exit-programs=web"]
        let printed = try await run(arguments + ["--print"])
        #expect(printed.errors == "" && printed.ending == .status(0), "\(printed.errors)")
        let checked = try await run(arguments + ["--check"])
        let finding = "f:1: warning: listenerd: nothing can shut down supervisord: 'web' in --fatal-exit-programs is "
        #expect(checked.output.contains(finding), "\(checked)")
        #expect(checked.ending == .status(0))
        let all = ["supervise", "--print", "--roles=db,web", "--fatal-exit", "--fatal-exit-programs"]
        #expect(try await run(all + ["zz"]).ending == .status(65))
    }

    @Test(arguments: [([], Ending.status(0)), (["--log"], .status(65)), (["--fatal-exit"], .status(65))])
    func baseThatCannotBeComposedIsPrintedUnchangedWithoutHandlers(handlers: [String], ending: Ending) async throws {
        let base = "[DEFAULT]\nautorestart=true\n[supervisord]\n[program:web]\ncommand=sleep\n"
        let outcome = try await run(["supervise", "--print"] + handlers, base: base, hasRoles: false)
        #expect(outcome.output == (handlers.isEmpty ? base : ""))
        #expect(outcome.errors.hasPrefix(handlers.isEmpty ? "" : "listenerd: error: f:2: with autorestart here, "))
        #expect(outcome.ending == ending)
    }

    @Test(arguments: [
        ["--roles", "nope"], ["--roles", "../f"], [], ["--roles", ""], ["--roles", ","], ["--default-roles", "wbe"],
        ["--roles-dir", "/none", "--roles", "web"],
    ])
    func withoutAChoiceThatMakesSenseNothingIsPrinted(arguments: [String]) async throws {
        let outcome = try await run(["supervise", "--print"] + arguments)
        #expect(outcome.output == "")
        #expect(outcome.ending == .status(65))
        let isListed = outcome.errors.contains("db, web (the roles in 'roles')")
        #expect(isListed || outcome.errors.contains("there are no roles in '/none'"), "\(outcome.errors)")
    }

    @Test func rolesThatTheEnvironmentNamesWithoutAFolderAreNotPassedOver() async throws {
        let outcome = try await run(["supervise", "--print"], hasRoles: false, roles: "web,")
        #expect(
            outcome.errors == """
                listenerd: error: $ROLES names 'web', but there are no roles in 'roles': a role is a file ROLE.conf \
                there, or a directory ROLE with files *.conf in it; name another directory with --roles-dir, or unset ROLES if \
                it is meant for something else

                """
        )
        #expect(outcome.output == "" && outcome.ending == .status(65))
    }

    @Test(arguments: ["roles/pipe.conf", "common.conf"])
    func aPipeInPlaceOfARoleIsAnErrorAndNotWaitedFor(name: String) async throws {
        let folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder.path(of: "roles"), withIntermediateDirectories: true)
        try folder.write(Self.base, to: "f")
        try folder.write("[program:web]\ncommand=sleep", to: "roles/web.conf")
        try #require(mkfifo(folder.path(of: name), 0o600) == 0)
        let arguments = ["-c", folder.path(of: "f"), "--roles", name == "common.conf" ? "web" : "pipe"]
        for subcommand in ["supervise", "check", "plan"] {
            let outcome = try await Outcome(of: [subcommand] + arguments)
            #expect(outcome.errors.contains("cannot read '\(folder.path(of: name))': it is a pipe, "), "\(outcome)")
            #expect(outcome.output == "" && outcome.ending == .status(65))
        }
    }

    @Test func argumentsAfterTheDashesAreForSupervisord() async throws {
        let outcome = try await run(["supervise", "--print", "--roles=db"])
        let folder = try TestFolder()
        try folder.write(Self.base, to: "f")
        let other = try await Outcome(of: [
            "supervise", "--print", "-c", folder.path(of: "f"), "--", "--loglevel=debug", "x",
        ])
        #expect(outcome.ending == .status(0) && other.ending == .status(0), "\(other.errors)")
    }

    @Test(arguments: [
        (["plan", "--roles", "db"], "", "0  base      by supervisord\n1  database  at once\n"),
        (["plan"], "db", "0  base      by supervisord\n1  database  at once\n"),
        (["plan"], "", "0  base      by supervisord\n1  database  at once\n2  web       after database (running)\n"),
    ])
    func thePlanIsThatOfTheRoles(arguments: [String], variable: String, text: String) async throws {
        let outcome = try await run(arguments, roles: variable)
        #expect(outcome.output == text)
        #expect(outcome.ending == .status(0), "\(outcome.errors)")
    }

    @Test func checkNamesTheLinesOfAllFiles() async throws {
        let outcome = try await run(["check", "--roles=web"], common: "autostart=false\n\nstopwaitsecs=soon")
        #expect(
            outcome.output.split(separator: "\n").map { $0.prefix(48) } == [
                "roles/web.conf:1: warning: web never starts: no ", "roles/web.conf:3: error: web never starts: it wa",
                "common.conf:3: error: stopwaitsecs in [program:w",
            ],
            "\(outcome.output)"
        )
        #expect(outcome.ending == .status(65))
    }

    @Test(arguments: ["check", "plan"])
    func filesBelowTheWorkingDirectoryAreNamedFromThere(subcommand: String) async throws {
        let folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder.path(of: "a/roles"), withIntermediateDirectories: true)
        try folder.write("[supervisord]\nloglevel=x", to: "a/f")
        try folder.write("[program:web]", to: "a/roles/web.conf")
        let outcome = try await Outcome(of: [subcommand, "-c", "a/f"], in: folder.path)
        let lines = (outcome.output + outcome.errors).split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(lines.map { $0.prefix { $0 != " " } } == ["a/f:2:", "a/roles/web.conf:1:"], "\(outcome)")
    }

    @Test(arguments: [
        ("[x]", "common.conf:1: error: '[x]' is a section header, which a file of common options cannot have"),
        ("autostart", "common.conf:1: error: 'autostart' is not 'key = value'"),
    ])
    func checkNamesWhatKeepsItFromReading(common: String, finding: String) async throws {
        let outcome = try await run(["check"], common: common)
        #expect(outcome.output.hasPrefix(finding), "\(outcome.output)")
        #expect(outcome.errors == "")
        #expect(outcome.ending == .status(65))
    }

    @Test func commonOptionsMustBeText() async throws {
        let folder = try TestFolder()
        try folder.write(Self.base, to: "f")
        try FileManager.default.createDirectory(atPath: folder.path(of: "roles"), withIntermediateDirectories: true)
        try folder.write("[program:web]\ncommand=x", to: "roles/web.conf")
        try Data("a=b\nc=\u{FC}".unicodeScalars.map { UInt8($0.value) }).write(
            to: URL(filePath: folder.path(of: "common.conf"))
        )
        let outcome = try await Outcome(of: ["supervise", "--print", "-c", folder.path(of: "f"), "--roles=web"])
        let place = folder.path(of: "common.conf:2")
        #expect(
            outcome.errors
                == "listenerd: error: \(place): the line is not valid UTF-8; save the file as UTF-8\n"
        )
        #expect(outcome.ending == .status(65))
    }

    @Test func checkNamesRolesThatContradictTheBase() async throws {
        let outcome = try await run(["check"], base: Self.base + "[program:web]\ncommand=other\n")
        #expect(outcome.output.hasPrefix("roles/web.conf:1: error: [program:web] is defined differently at f:8"))
        #expect(outcome.ending == .status(65))
    }
}
