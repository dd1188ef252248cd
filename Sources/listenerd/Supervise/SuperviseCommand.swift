import Handlers
import ListenerKit

/// `listenerd supervise`: starts supervisord with the chosen roles.
enum SuperviseCommand: Subcommand {
    private static let supervisord = Option<String>(
        "supervisord",
        "program",
        .command,
        help: "the supervisord program, without arguments",
        default: "supervisord"
    )
    private static let stopTimeout = Option<Duration?>(
        "stop-timeout",
        "seconds",
        help: "how long it may take to stop everything; what is left then is killed"
    )
    private static let check = Option<Bool>(flag: "check", help: "check the composed configuration and exit")
    private static let print = Option<Bool>(flag: "print", help: "print the composed configuration and exit")

    static let name = "supervise"
    static let summary = "start supervisord with the chosen roles, and exit with a meaningful status"
    static let explanation = [
        """
        Composes the configuration from the base, the files of the chosen roles, and a listener with the handlers that are \
        selected here; adds a private server if there is none. No file is changed.
        """,
        """
        Passes signals on to supervisord, and reaps orphaned processes.
        """,
        """
        With --ordered-startup, programs stop in the reverse of the order: each once all that depend on it have stopped. A \
        second signal stops all at once.
        """,
        """
        What is left is killed after --stop-timeout, or if a shutdown takes ten seconds longer than the stopwaitsecs add up \
        to: those of programs that stop one after the other, or without --ordered-startup the longest one of each group.
        """,
        """
        Under a service manager such as systemd (Type=notify), it tells that when everything is up, and what is not. A program \
        with ready=notify finds the socket for its own notifications in NOTIFY_SOCKET.
        """,
    ]
    static let exitStatus: String? = """
        what --fatal-exit recorded, which is the failed program's own or 70; else 0 after TERM, INT or QUIT, even if something \
        was unfinished; else supervisord's own, or 128+n if signal n killed it. Before anything is started: 64 for a wrong \
        command line, 65 for a configuration that cannot be composed, 69 if supervisord cannot be started, 71 if a system call \
        failed.
        """
    static let notes = ManualNotes(
        environment: CompositionOptions.environment + [
            ("NOTIFY_SOCKET", "The socket of a service manager, which is told when everything is up."),
            ("TMPDIR, XDG_RUNTIME_DIR", "Directories for the composed configuration, before /run, /tmp and others."),
        ],
        files: CompositionOptions.files,
        examples: [
            (
                "Run two roles, in order, and exit with the status of a program that fails:",
                "listenerd supervise --roles web,worker --ordered-startup --fatal-exit"
            ),
            ("Show the configuration that this would run:", "listenerd supervise --roles web,worker --print"),
        ]
    )
    static let options: [any OptionDeclaration] =
        [ListenerOptions.config] + CompositionOptions.all
        + [EnvironmentFile.option, supervisord, stopTimeout, check, print]
        + [ListenerOptions.serverURL, ListenerOptions.acknowledgeWithin]
    static let handlers = builtInHandlers
    static let operands: String? = "SUPERVISORD-ARGUMENT..."

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let terminationLog = TerminationLog()
        do {
            return try run(options, &output, terminationLog)
        } catch {
            if !options[check], !options[print] {
                terminationLog.write(ExitStatus(for: error), ["\(error)"])
            }
            throw error
        }
    }

    private static func run(
        _ options: OptionValues,
        _ output: inout CommandOutput,
        _ terminationLog: TerminationLog
    ) throws -> ExitStatus {
        // It is for this process, not for supervisord and its programs.
        let serviceManager = currentEnvironment()[NotificationSocket.variable]
        removeEnvironmentVariable(NotificationSocket.variable)
        let request = try request(options)
        for (name, value) in try EnvironmentFile.variables(options) {
            setEnvironmentVariable(name, value)
        }
        // The directory of the composed file does not change what is printed.
        let compose = { try request.compose(into: currentWorkingDirectory()) }
        if options[check] {
            var check = ConfigurationCheck(CheckSettings(isThisMachine: true))
            try check.add { _ in LoadedPlan(try compose(), addedListener: request.addedListener) }
            return check.report(to: &output)
        }
        guard options[print] else {
            let form = ListenRequest(selecting: handlers, by: options).messageForm
            return try run(request, form, serviceManager: serviceManager, terminationLog)
        }
        let composed = try compose()
        if let text = composed.text {
            output.print(text.utf8)
            if let replacements = composed.replacements {
                output.print("\n; \(ComposedConfiguration.replacementsName):\n".utf8)
                let lines = replacements.utf8.split(separator: UInt8(ascii: "\n"))
                output.print(lines.map { "; \(Substring($0))\n" }.joined().utf8)
            }
        } else {
            output.print(try contents(ofFile: composed.configuration.path))
        }
        return .success
    }

    private static func run(
        _ request: SuperviseRequest,
        _ form: Reporter.Form?,
        serviceManager: String?,
        _ terminationLog: TerminationLog
    ) throws -> ExitStatus {
        StandardStream.openClosedStreams()
        let makeReporter = { @Sendable write in Reporter(program: "listenerd", form: form, write: write) }
        let reporter = makeReporter(nil)
        // A signal before this ends the process, which must have left nothing behind by then.
        let signals = try Supervision.catchSignals()
        let streams = try StandardStreams(isErrorShared: request.addedListener != nil, makeReporter: makeReporter)
        // The caller reports an error, which has to reach the reader.
        defer { streams.finish() }
        let folder = try RunFolder.make(for: request, in: folderPlaces(currentEnvironment()), reporter)
        defer { folder.remove() }
        // What the pipe still has must be passed on before the streams are finished.
        defer { folder.logPipe?.finish() }
        let listeners = folder.configuration.eventListeners.compactMap { listener in
            WatchedListener(listener, added: request.addedListener)
        }
        let supervision = try Supervision(
            command: [request.supervisord, "-n", "-c", folder.mainFile] + request.supervisordArguments,
            folder: folder,
            listeners: listeners,
            streams: streams,
            signals: signals,
            stopTimeout: request.stopTimeout,
            serviceManager: serviceManager.flatMap { $0.isEmpty ? nil : ServiceManager(at: $0, reporter) },
            terminationLog: terminationLog,
            reporter: reporter
        )
        return try supervision.run()
    }

    private static func request(_ options: OptionValues) throws -> SuperviseRequest {
        let supervisordArguments = SupervisordCommandLine(arguments: ["supervisord"] + options.operands)
        if supervisordArguments?.configurationFile != nil || supervisordArguments?.staysInForeground ?? false {
            throw UsageError.other(
                "\(name) itself passes '-n' and '-c' to supervisord; name the configuration with '--config' before '--'"
            )
        }
        let ownOptions: [any OptionDeclaration] = [
            ListenerOptions.config, EnvironmentFile.option, supervisord, stopTimeout, check, print,
        ]
        let own = Set((ownOptions + CompositionOptions.all).map { "--\($0.name)" })
        let listenerArguments = options.given.filter { !own.contains($0.name) }.map { $0.word }
        let listenerRequest = listenerArguments.isEmpty ? nil : try ListenerSection.request(of: listenerArguments)
        // The command line is checked before files are looked for.
        var search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        // The variable names what another supervise has composed.
        search.environment[ConfigurationSearch.variable] = nil
        search.supervised = []
        return SuperviseRequest(
            composition: CompositionOptions.request(base: try search.find(), for: .running, options),
            listenerArguments: listenerArguments,
            listenerRequest: listenerRequest,
            supervisord: options[supervisord],
            supervisordArguments: options.operands,
            stopTimeout: options[stopTimeout]
        )
    }
}
