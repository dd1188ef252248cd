import ExecutableTesting
import Foundation
import Testing

/// The problems that `listenerd check` finds.
@Suite struct CheckTests {
    /// A configuration without problems; each case changes or adds one line.
    private static let good = """
        [supervisord]
        [unix_http_server]
        file=/run/supervisor.sock
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        [eventlistener:starter]
        command=/usr/bin/listenerd --ordered-startup --log
        events=PROCESS_STATE
        buffer_size=100
        startsecs=2
        [program:database]
        command=sleep
        autostart=false
        startafter=
        [program:web]
        command=sleep
        autostart=false
        startafter=database

        """

    private func check(_ configuration: String) async throws -> Outcome {
        let folder = try TestFolder()
        try folder.write(configuration, to: "f")
        return try await Outcome(of: ["check", "-c", folder.path(of: "f")]).replacing(folder.path + "/", with: "")
    }

    @Test func validConfigurationsPrintNothing() async throws {
        let outcome = try await check(Self.good)
        #expect(outcome.output == "")
        #expect(outcome.errors == "")
        #expect(outcome.ending == .status(0))
    }

    @Test(arguments: [
        "", "[rpcinterface:supervisor]\n\(factory)", "[supervisorctl]\n", "[inet_http_server]\nport=127.0.0.1:9001\n",
    ])
    func sectionsThatNothingNeedsAreNotMissed(section: String) async throws {
        let outcome = try await check("[supervisord]\n\(section)[program:web]\ncommand=sleep\n")
        #expect(outcome.output == "" && outcome.ending == .status(0), "\(outcome.output)")
    }

    @Test func aSocketWithoutTheInterfaceIsForNothing() async throws {
        let outcome = try await check("[supervisord]\n[unix_http_server]\nfile=/tmp/s\n")
        let finding =
            "f:2: warning: there is no [rpcinterface:supervisor], so supervisorctl cannot call supervisord; add "
        #expect(outcome.output.hasPrefix(finding), "\(outcome.output)")
        #expect(outcome.output.hasSuffix(", which adds what is missing [missing-server]\n"), "\(outcome.output)")
        #expect(outcome.ending == .status(0))
    }

    private static let factory = "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n"

    @Test(arguments: ["", "[rpcinterface:supervisor]\n", "[unix_http_server]\nfile=/run/s\n"])
    func sectionsThatSuperviseCannotAddAreNotLeftToIt(section: String) async throws {
        let listener = "[eventlistener:l]\ncommand=listenerd --ordered-startup\nevents=PROCESS_STATE\n"
        let outcome = try await check("[DEFAULT]\nautorestart=true\n[supervisord]\n\(listener)\(section)")
        let missing = outcome.output.split(separator: "\n").filter { $0.contains(": there is no ") }
        #expect(missing.count == 1, "\(outcome.output)")
        let remedy = ", once nothing keeps supervisord from starting with [rpcinterface:supervisor] [missing-server]"
        #expect(missing.allSatisfy { $0.hasSuffix(remedy) }, "\(outcome.output)")
    }

    @Test(arguments: [
        ("startafter=database", "startafter=databse", "f:18: error: web never starts: it waits for 'databse'"),
        ("startafter=database", "startafter=web", "f:18: error: web waits for itself, so it never starts"),
        ("startafter=\n", "startafter=web\n", "f:14: error: a dependency cycle, so none of these ever starts: data"),
        ("[unix_http_server]\nfile=/run/supervisor.sock\n", "", "f:1: error: there is no server section"),
        ("rpcinterface:supervisor]", "rpcinterface:x]", "f:2: error: there is no [rpcinterface:supervisor]"),
        (
            "--ordered-startup --log", "--ordered-startup --fatal-exit --fatal-exit-programs wbe",
            "f:7: error: starter: nothing can shut down supervisord: 'wbe' in --fatal-exit-programs is not a program"
        ),
        (
            "command=/usr/bin/listenerd --ordered-startup --log", "command=listenerd --ordered-startup --lgo",
            "f:7: error: starter exits as soon as it starts: Unknown option '--lgo'; did you mean '--log'?"
        ),
        ("--log\n", "--log --version\n", "f:7: error: starter exits as soon as it starts: '--help' and "),
        (
            "--log\n", "'--log-format' \"xml\" --log\n",
            "f:7: error: starter exits as soon as it starts: The value 'xml'"
        ),
        (
            "events=PROCESS_STATE", "events=PROCESS_STATE_FATAL",
            "f:8: error: starter has --ordered-startup and --log, which need PROCESS_STATE; add it to events="
        ),
        ("--log\n", "--log%d\n", "f:7: error: "),
        ("events=PROCESS_STATE", "events=NONSENSE", "f:8: error: "),
        ("[supervisord]\n", "[supervisord]\nnonsense\n", "f:2: error: 'nonsense' is not 'key = value'"),
    ])
    func anErrorIsNamed(line: String, instead: String, finding: String) async throws {
        let outcome = try await check(Self.good.replacingOccurrences(of: line, with: instead))
        #expect(outcome.output.split(separator: "\n").contains { $0.hasPrefix(finding) }, "\(outcome.output)")
        #expect(outcome.ending == .status(65))
        #expect(outcome.errors == "")
    }

    @Test(arguments: [
        ("buffer_size=100", "", "f:6: warning: starter loses events: the start of all processes (3) causes", false),
        ("buffer_size=100", "buffer_size=5", "f:9: warning: starter loses events: the start of all", true),
        ("startsecs=2", "startsecs=0", "f:10: warning: starter has startsecs=0, so it never becomes FATAL", true),
        ("startsecs=2", "startsecs=3", "f:10: warning: starter has startsecs=3: until then", true),
        ("startsecs=2\n", "", "startsecs", false),
        (
            "startsecs=2", "startsecs=2\nnumprocs=2\nprocess_name=x%(process_num)d",
            "f:11: warning: starter has numprocs=2", true
        ),
        ("startsecs=2", "startsecs=2\nautorestart=false", "f:11: warning: starter has autorestart=false", true),
        ("startsecs=2", "startsecs=2\nautorestart=unexpected", "autorestart", false),
        ("startsecs=2", "startsecs=2\nautostart=false", "f:11: warning: starter has autostart=false", true),
        ("startsecs=2", "startsecs=2\nstdout_logfile=/dev/fd/1", "f:11: warning: starter writes its protocol", true),
        ("startsecs=2", "startsecs=2\nstdout_logfile=/var/log/x", "f:11: warning: the stdout log of starter", true),
        ("startsecs=2", "startsecs=2\nstdout_logfile=NONE", "stdout", false),
        (
            "--log\n", "--log --log-events PROCESS_STATE,TICK_5\n",
            "f:8: warning: starter has --log-events, which needs TICK_5; add it to events=", true
        ),
        ("events=PROCESS_STATE", "events=PROCESS_STATE,TICK,PROCESS_STATE,TICK", "more than once", false),
        (
            "events=PROCESS_STATE", "events=PROCESS_STATE,PROCESS_STATE_EXITED",
            "f:8: warning: starter receives PROCESS_STATE_EXITED events more than once", true
        ),
        (
            "events=PROCESS_STATE", "events=PROCESS_STATE,PROCESS_LOG_STDERR\nstderr_events_enabled=true",
            "f:9: warning: starter receives its own standard error as events", true
        ),
        (
            "events=PROCESS_STATE",
            """
            events=PROCESS_STATE_STARTING,PROCESS_STATE_RUNNING,PROCESS_STATE_BACKOFF,PROCESS_STATE_STOPPING,\
            PROCESS_STATE_EXITED,PROCESS_STATE_STOPPED,PROCESS_STATE_FATAL,PROCESS_STATE_UNKNOWN
            """, "needs", false
        ),
        ("--ordered-startup --log", "--log", "f:11: warning: database and 1 more never start", true),
        ("/usr/bin/listenerd --ordered-startup --log", "supervisord-dependent-startup", "never start", false),
        (
            "/usr/bin/listenerd --ordered-startup --log", "python3 -u -m supervisord_dependent_startup",
            "never start", false
        ),
        ("/usr/bin/listenerd --ordered-startup", "my-listener --ordered-startup", "never start", false),
        ("/usr/bin/listenerd --ordered-startup", "/usr/bin/env X=1 Y= listenerd --ordered-startup", ": ", false),
        (
            "/usr/bin/listenerd --ordered-startup --log", "env listenerd --log --log-file=/ordered-startup",
            "never start", true
        ),
        ("/usr/bin/listenerd --ordered-startup --log", "env -i X=1 listenerd --ordered-startup", ": ", false),
        ("/usr/bin/listenerd --ordered-startup --log", "sh -c 'exec listenerd --ordered-startup'", ": ", false),
        ("startafter=database", "startafter=database\nstratafter=", "f:19: warning: web has the unknown key", true),
        ("startafter=", "x=", "f:7: warning: --ordered-startup has nothing to start", true),
        (
            "[program:web]", "[eventlistener:b]\ncommand=listenerd --ordered-startup\nevents=EVENT\n[program:web]",
            "f:15: warning: b has --ordered-startup, and so does starter: everything would be done twice", true
        ),
    ])
    func aWarningIsNoError(line: String, instead: String, finding: String, isFound: Bool) async throws {
        let outcome = try await check(Self.good.replacingOccurrences(of: line, with: instead))
        #expect(outcome.output.split(separator: "\n").contains { $0.contains(finding) } == isFound, "\(outcome.output)")
        #expect(!outcome.output.contains(": error: "))
        #expect(outcome.ending == .status(0))
    }

    @Test(arguments: [
        (
            "",
            """
            f:8: warning: fatal has --fatal-exit with PROCESS_STATE_FATAL alone, which may arrive some \
            seconds late; use events=PROCESS_STATE instead, with which it arrives at once [late-trigger]
            """
        ),
        (
            " --fatal-exit-on=exit",
            "f:8: error: fatal has --fatal-exit, which needs PROCESS_STATE; add it to events= [missing-events]"
        ),
    ])
    func aListenerForFatalAloneMakesDoWithThatEvent(options: String, finding: String) async throws {
        let server = Self.good.components(separatedBy: "[eventlistener:starter]")[0]
        let listener = "[eventlistener:fatal]\ncommand=listenerd --fatal-exit\(options)\n"
        let outcome = try await check(server + listener + "events=PROCESS_STATE_FATAL\n")
        #expect(outcome.output == "\(finding)\n", "\(outcome.output)")
    }

    /// Each of these is one mistake, or two independent ones.
    @Test(arguments: [
        ("PROCESS_STATES", ["events in [eventlistener:starter] names 'PROCESS_STATES', which is not a supervisord "]),
        ("process_stat", ["events in [eventlistener:starter] names 'PROCESS_STAT', which is not a supervisord "]),
        ("PROCESS_STATE,", ["events in [eventlistener:starter] has a comma without a name; remove the "]),
        ("", ["events in [eventlistener:starter] must name the events to listen to"]),
        ("TICK_5", ["starter has --ordered-startup, --fatal-exit and --log, which need PROCESS_STATE; add it to "]),
        ("PROCESS_STATE_FATAL", ["starter has --ordered-startup and --log, which need PROCESS_STATE; add it to "]),
    ])
    func findingsAboutSeveralHandlersAreReportedOnce(events: String, findings: [String]) async throws {
        let configuration = Self.good.replacingOccurrences(
            of: "--log\nevents=PROCESS_STATE",
            with: "--fatal-exit --log\nevents=\(events)"
        )
        let lines = try await check(configuration).output.split(separator: "\n")
        #expect(lines.count == findings.count, "\(lines)")
        for (line, finding) in zip(lines, findings) {
            #expect(line.hasPrefix("f:8: error: \(finding)"), "\(line)")
        }
    }

    @Test(arguments: [
        ("--ordered-startup --fatal-exit --log", "--ordered-startup, --fatal-exit and --log"),
        ("--fatal-exit --ordered-startup --ordered-startup-timeout 5", "--ordered-startup and --fatal-exit"),
        ("--fatal-exit", "--fatal-exit"), ("--log", "--log"), ("--fatal-exit --fatal-exit-on exit", nil),
        ("--log --log-file /x", nil), ("--fatal-exit --log --log-format=json", "--fatal-exit"), ("--lgo", nil),
    ])
    func twoListenersThatDoTheSameAreNamed(arguments: String, handlers: String?) async throws {
        let configuration = Self.good.replacingOccurrences(of: "--log\n", with: "--fatal-exit --log\n")
        let other = "[eventlistener:b]\ncommand=listenerd \(arguments)\nevents=PROCESS_STATE\nbuffer_size=100\n"
        let lines = try await check(configuration + other).output.split(separator: "\n")
        let finding = handlers.map {
            """
            f:19: warning: b has \($0), and so does starter: everything would be done twice; remove it from one of them \
            [repeated-handler]
            """
        }
        #expect(lines.filter { $0.contains("twice") } == [finding].compactMap { $0.map { Substring($0) } }, "\(lines)")
    }

    /// A configuration for `supervise` needs neither a listener nor a server; nothing else tells it from a mistake.
    @Test func theBaseForSuperviseGetsOneHint() async throws {
        let programs = Self.good.components(separatedBy: "startsecs=2\n")[1]
        let outcome = try await check("[supervisord]\n" + programs)
        #expect(
            outcome.output == """
                f:2: warning: database and 1 more never start: no [eventlistener:x] runs listenerd --ordered-startup; \
                add one, or run this configuration with listenerd supervise --ordered-startup, which adds it (listenerd \
                supervise --check --ordered-startup checks the result) [missing-starter]

                """
        )
        #expect(outcome.ending == .status(0))
    }

    @Test func aListenerThatSuperviseHasAddedIsLookedAfterByIt() async throws {
        let folder = try TestFolder()
        try folder.write(Self.good.replacingOccurrences(of: "--ordered-startup", with: "--fatal-exit"), to: "f")
        let arguments = ["supervise", "--check", "--ordered-startup", "-c", folder.path(of: "f")]
        #expect(try await Outcome(of: arguments).output == "")
        let printed = try await Outcome(of: arguments.map { $0 == "--check" ? "--print" : $0 }).output
        #expect(printed.contains("\nstartsecs=0\n"))
        try folder.write(printed, to: "composed")
        #expect(try await Outcome(of: ["check", "-c", folder.path(of: "composed")]).output == "")
    }

    @Test(arguments: ["check", "plan", "supervise", "status"])
    func aPipeInPlaceOfAFileIsAnErrorAndNotWaitedFor(subcommand: String) async throws {
        let folder = try TestFolder()
        try #require(mkfifo(folder.path(of: "pipe"), 0o600) == 0)
        try folder.write("[supervisord]\n[include]\nfiles=pipe\n", to: "f")
        let message = "cannot read '\(folder.path(of: "pipe"))': it is a pipe, not a regular file; "
        for file in ["pipe", "f"] {
            let outcome = try await Outcome(of: [subcommand, "-c", folder.path(of: file)])
            #expect((outcome.output + outcome.errors).contains(message), "\(outcome)")
            #expect(outcome.ending == .status(65))
        }
    }

    /// The finding for each trigger and list of events; nil for none.
    private static let triggers: [(trigger: String, events: String, severity: String, words: String)] = [
        ("fatal", "PROCESS_STATE", "", ""), ("fatal", "EVENT", "", ""),
        ("fatal", "PROCESS_STATE_FATAL", "warning", "some seconds late"),
        ("fatal", "PROCESS_STATE_FATAL,TICK_60", "warning", "some seconds late"),
        (
            "fatal", "PROCESS_STATE_FATAL,PROCESS_STATE_EXITED", "warning",
            "some seconds late without PROCESS_STATE_STARTING,PROCESS_STATE_BACKOFF"
        ),
        (
            "fatal", "PROCESS_STATE_FATAL,PROCESS_STATE_BACKOFF", "warning",
            "some seconds late without PROCESS_STATE_STARTING;"
        ),
        ("fatal", "PROCESS_STATE_FATAL,PROCESS_STATE_BACKOFF,PROCESS_STATE_STARTING", "", ""),
        ("fatal", "PROCESS_STATE_EXITED", "error", "needs PROCESS_STATE;"),
        ("fatal", "PROCESS_STATE_BACKOFF,PROCESS_STATE_STARTING", "error", "needs PROCESS_STATE;"),
        ("fatal", "TICK_60", "error", "needs PROCESS_STATE;"),
        ("unexpected-exit", "PROCESS_STATE", "", ""), ("unexpected-exit", "PROCESS_STATE_EXITED", "", ""),
        ("unexpected-exit", "PROCESS_STATE_FATAL", "error", "needs PROCESS_STATE;"),
        ("exit", "PROCESS_STATE", "", ""), ("exit", "PROCESS_STATE_EXITED", "", ""),
        ("exit", "PROCESS_STATE_EXITED,PROCESS_STATE_FATAL", "", ""),
        ("exit", "PROCESS_STATE_STOPPED,PROCESS_STATE_RUNNING", "error", "needs PROCESS_STATE;"),
        ("all-exited", "PROCESS_STATE", "", ""),
        (
            "all-exited", "PROCESS_STATE_EXITED", "warning",
            "does not fire if the last program becomes FATAL without PROCESS_STATE_FATAL"
        ),
        (
            "all-exited", "PROCESS_STATE_FATAL,PROCESS_STATE_STARTING,PROCESS_STATE_BACKOFF", "warning",
            "does not fire if the last program exits by itself without PROCESS_STATE_EXITED"
        ),
        (
            "all-exited", "PROCESS_STATE_EXITED,PROCESS_STATE_FATAL", "warning",
            "some seconds late without PROCESS_STATE_STARTING,PROCESS_STATE_BACKOFF"
        ),
        ("all-exited", "PROCESS_STATE_STARTING,PROCESS_STATE_RUNNING", "error", "needs PROCESS_STATE;"),
        ("crash-loop=3/60", "PROCESS_STATE", "", ""),
        ("crash-loop=3/60", "PROCESS_STATE_STARTING,PROCESS_STATE_EXITED", "", ""),
        (
            "crash-loop=3/60", "PROCESS_STATE_STARTING", "warning",
            "counts starts by an operator too without PROCESS_STATE_EXITED"
        ),
        ("crash-loop=3/60", "PROCESS_STATE_EXITED", "error", "needs PROCESS_STATE;"),
        ("fatal,unexpected-exit", "PROCESS_STATE_EXITED", "error", "needs PROCESS_STATE;"),
        (
            "fatal,unexpected-exit", "PROCESS_STATE_EXITED,PROCESS_STATE_FATAL", "warning",
            "--fatal-exit-on=fatal, which may fire some seconds late"
        ),
        ("unexpected-exit,exit", "PROCESS_STATE_EXITED", "", ""),
    ]

    @Test(arguments: triggers)
    func neededEventsDependOnTheTriggers(
        trigger: String,
        events: String,
        severity: String,
        words: String
    ) async throws {
        let server = Self.good.components(separatedBy: "[eventlistener:starter]")[0]
        let command = "command=listenerd --fatal-exit --fatal-exit-on=\(trigger)"
        let listener = "[eventlistener:end]\n\(command)\nevents=\(events)\nstartsecs=2\nbuffer_size=99\n"
        let outcome = try await check(server + listener)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == (severity.isEmpty ? 0 : 1), "\(outcome.output)")
        if let line = lines.first {
            #expect(line.hasPrefix("f:8: \(severity): end has --fatal-exit"), "\(outcome.output)")
            #expect(line.contains(words), "\(outcome.output)")
        }
        #expect(outcome.ending == .status(severity == "error" ? 65 : 0))
    }

    @Test(arguments: [
        ("/usr/local/bin/ordered-startup-supervisord", "ordered-startup-supervisord"),
        ("supervisord-dependent-startup --error-action=exit", "supervisord-dependent-startup"),
        ("python3 -u -m supervisord_dependent_startup", "supervisord_dependent_startup"),
        ("env X=1 python3 /opt/bin/supervisord-dependent-startup", "supervisord-dependent-startup"),
        ("listenerd --log --log-file /var/log/ordered-startup-supervisord", nil),
        ("/opt/ordered-startup-supervisord/crashmail -a", nil),
        ("listenerd-copy --ordered-startup --log-file /var/log/ordered-startup-supervisord", nil),
    ])
    func listenersThatOrderedStartupReplacesAreReported(command: String, program: String?) async throws {
        let old = "[eventlistener:old]\ncommand=\(command)\nevents=PROCESS_STATE\nbuffer_size=100\n"
        let outcome = try await check(Self.good + old)
        let finding = program.map {
            """
            f:19: warning: old runs \($0), which --ordered-startup of starter replaces: both would start the same \
            programs; remove [eventlistener:old] [replaced-listener]
            """
        }
        #expect(outcome.output.split(separator: "\n").first { $0.contains("replaces") }.map { String($0) } == finding)
        #expect(outcome.ending == .status(0), "\(outcome.output)")
        let alone = try await check(Self.good.replacingOccurrences(of: "--ordered-startup --log", with: "--log") + old)
        #expect(!alone.output.contains("replaces"), "\(alone.output)")
    }

    @Test func aListenerThatOnlyEndsSupervisordNeedsNoServer() async throws {
        let listener = "[eventlistener:fatal]\ncommand=listenerd --fatal-exit\nevents=PROCESS_STATE\n"
        let outcome = try await check("[supervisord]\n" + listener)
        #expect(!outcome.output.contains("server"), "\(outcome.output)")
        #expect(outcome.ending == .status(0))
    }

    @Test func otherListenersAreNotChecked() async throws {
        let other = "[eventlistener:mail]\ncommand=crashmail -a\nevents=TICK_5,TICK\nautorestart=false\n"
        let outcome = try await check(Self.good + other)
        #expect(outcome.output == "")
    }

    @Test func theLogMakesDoWithTheEventsThatArrive() async throws {
        let other = "[eventlistener:log]\ncommand=listenerd --log\nevents=TICK_5\nbuffer_size=99\n"
        let outcome = try await check(Self.good + other)
        let message = "log has --log, which needs PROCESS_STATE; add it to events="
        #expect(outcome.output == "f:21: warning: \(message) [missing-events]\n")
        #expect(outcome.ending == .status(0))
    }

    @Test(arguments: [
        ("TICK_5", nil), ("PROCESS_STATE_EXITED,PROCESS_STATE_FATAL", nil), ("PROCESS_STATE_RUNNING", 10),
        ("PROCESS_STATE_STARTING,PROCESS_STATE_RUNNING,TICK", 20), ("PROCESS_STATE", 20), ("EVENT", 20),
    ])
    func onlyEventsThatTheListenerGetsFillItsBuffer(events: String, count: Int?) async throws {
        let other = """
            [eventlistener:log]
            command=listenerd --log --log-events \(events)
            events=\(events)
            buffer_size=4
            [program:many]
            command=x
            numprocs=6
            process_name=x%(process_num)d

            """
        let outcome = try await check(Self.good + other)
        let message = count.map {
            "f:22: warning: log loses events: the start of all processes (10) causes at least \($0) events"
        }
        #expect(outcome.output.hasPrefix(message ?? ""), "\(outcome.output)")
        #expect(outcome.output.split(separator: "\n").count == (message == nil ? 0 : 1), "\(outcome.output)")
    }

    @Test func anEnvironmentDoesNotHideListenerd() async throws {
        let configuration = Self.good.replacingOccurrences(of: "/usr/bin/listenerd", with: "env X=1 listenerd --x")
        let outcome = try await check(configuration)
        let beginning = "f:7: error: starter exits as soon as it starts: Unknown option '--x'"
        #expect(outcome.output.hasPrefix(beginning), "\(outcome.output)")
    }

    @Test func findingsAreInTheOrderOfLines() async throws {
        let outcome = try await check(
            Self.good.replacingOccurrences(of: "startsecs=2", with: "startsecs=9").replacingOccurrences(
                of: "file=/run/supervisor.sock",
                with: "file=/run/supervisor.sock\nchmod=9"
            ).replacingOccurrences(of: "startafter=database", with: "startafter=nobody")
        )
        let lines = outcome.output.split(separator: "\n").map { Int($0.split(separator: ":")[1]) ?? 0 }
        #expect(lines == lines.sorted() && lines.count >= 2, "\(outcome.output)")
    }

    @Test func aFileThatIsIncludedTwiceIsReadTwiceAndItsMistakesAreReportedOnce() async throws {
        let folder = try TestFolder()
        try folder.write(Self.good + "[include]\nfiles=more.conf more*.conf f\n", to: "f")
        try folder.write("[program:last]\ncommand=x\nautostart=false\nstartafter=nobody\n", to: "more.conf")
        let outcome = try await Outcome(of: ["check", "-c", folder.path(of: "f")])
        #expect(outcome.errors == "")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 1, "\(outcome.output)")
        #expect(lines.first?.contains("more.conf:4: error: last never starts") == true, "\(outcome.output)")
        #expect(outcome.ending == .status(65))
    }

    @Test(arguments: ["check", "plan"]) func theFileIsNamedUnlessThatIsObvious(subcommand: String) async throws {
        let folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder.path(of: "etc"), withIntermediateDirectories: true)
        try folder.write("[supervisord]\n[program:web]\ncommand=x\n", to: "etc/supervisord.conf")
        let file = folder.path(of: "etc/supervisord.conf")
        let found = try await Outcome(of: [subcommand], environment: ["LISTENERD_CONFIG": file], in: folder.path)
        #expect(found.errors == "listenerd: info: using the configuration '\(file)'\n")
        #expect(found.output.isEmpty == (subcommand == "check") && found.ending == .status(0))
        let named = try await Outcome(of: [subcommand, "-c", file])
        #expect(named.errors == "" && named.ending == .status(0))
        let environment = ["LISTENERD_CONFIG": "supervisord.conf"]
        let here = try await Outcome(of: [subcommand], environment: environment, in: folder.path(of: "etc"))
        #expect(here.errors == "" && here.ending == .status(0))
    }

    @Test func withoutAFileThereIsNothingToCheck() async throws {
        let outcome = try await Outcome(of: ["check", "-c", "/nonexistent/f"])
        #expect(outcome.output == "")
        #expect(outcome.errors.hasPrefix("listenerd: error: cannot read '/nonexistent/f': No such file or directory"))
        #expect(outcome.ending == .status(65))
    }
}
