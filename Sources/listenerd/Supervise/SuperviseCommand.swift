import Handlers
import ListenerKit

/// `listenerd supervise`: starts supervisord with the chosen roles.
enum SuperviseCommand: Subcommand {
    private static let supervisord = Option<String>(
        "supervisord",
        "program",
        help: "what is called to start supervisord, without arguments",
        default: "supervisord"
    )
    private static let check = Option<Bool>(flag: "check", help: "check the composed configuration, and end")
    private static let print = Option<Bool>(flag: "print", help: "print the composed configuration, and end")

    static let name = "supervise"
    static let summary = "start supervisord with the chosen roles, and end with a status that means something"
    static let explanation = [
        """
        The configuration is composed of the base, the files of the chosen roles, and a listener with the handlers that \
        are selected here; where there is no server, a private one is added. None of the files is changed.
        """,
        """
        Signals are passed on to supervisord, and orphaned processes are reaped. Status: what --fatal-exit has recorded, \
        which is the failed program's own or 70; else 0 after TERM, INT or QUIT, whatever is unfinished then; else that \
        of supervisord, or 128+n where signal n has killed it. Before anything is started: 64 for a wrong command line, \
        65 for a configuration that cannot be composed, 69 where supervisord cannot be started, 71 where a system call \
        has failed.
        """,
    ]
    static let options: [any OptionDeclaration] =
        [ListenerOptions.config] + CompositionOptions.all + [supervisord, check, print]
        + [ListenerOptions.serverURL, ListenerOptions.acknowledgeWithin]
    static let handlers = builtInHandlers
    static let operands: String? = "SUPERVISORD-ARGUMENT..."

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let request = try request(options)
        // Nothing that is printed depends on where it is going to be.
        let compose = { try request.compose(into: currentWorkingDirectory()) }
        if options[check] {
            return try CheckCommand.report(to: &output) {
                LoadedPlan(try compose(), addedListener: request.addedListener)
            }
        }
        guard options[print] else {
            let form = ListenRequest(selecting: handlers, by: options).messageForm
            return try run(request, Reporter(program: "listenerd", form: form))
        }
        let composed = try compose()
        if let text = composed.text {
            output.print(text.utf8)
        } else {
            output.print(try contents(ofFile: composed.configuration.path))
        }
        return .success
    }

    private static func run(_ request: SuperviseRequest, _ reporter: Reporter) throws -> ExitStatus {
        // What comes before this ends the process, and then nothing must be left behind.
        let signals = try Supervision.catchSignals()
        let folder = try PrivateFolder("listenerd", in: folderPlaces(currentEnvironment()))
        let relayPath = "\(folder.path)/stderr"
        var isRelayed = false
        let composed = try request.compose(into: folder.path) { others in
            isRelayed = request.user(others) != nil || !standardErrorCanBeReopened()
            return isRelayed ? relayPath : "/dev/stderr"
        }
        let configuration = composed.configuration
        // Only root can become another user; one that is not in /etc/passwd may still be known to supervisord.
        let other = currentUserID() == 0 ? request.user(configuration) : nil
        let account = other.flatMap { UserAccount($0) }
        if let account {
            // supervisord makes its socket when it has become that user.
            try folder.open(toGroup: account.group)
        }
        let file = try write(composed, into: folder, readBy: account, reporter)
        let writer = other == nil ? currentUserID() : account?.user
        let supervision = try Supervision(
            command: [request.supervisord, "-n", "-c", file] + request.supervisordArguments,
            configuration: configuration,
            account: account,
            listeners: configuration.eventListeners.compactMap { WatchedListener($0, added: request.addedListener) },
            configurationFile: file,
            statusFile: "\(folder.path)/status",
            // supervisord opens it, for whichever user the listener runs as.
            relay: isRelayed ? try StandardErrorRelay(path: relayPath, writer: writer) : nil,
            signals: signals,
            reporter: reporter
        )
        return try supervision.run()
    }

    /// Writes the main file, where there is one to write.
    ///
    /// - Returns: The file that supervisord is to read.
    private static func write(
        _ composed: ComposedConfiguration,
        into folder: borrowing PrivateFolder,
        readBy account: UserAccount?,
        _ reporter: Reporter
    ) throws -> String {
        guard let text = composed.text else {
            return composed.configuration.path
        }
        // Passwords of the sources are in it; where those are open to all, so must it be to listeners of other users.
        let secret = composed.sources.first { !isReadableByAll($0) }
        if let secret, let account, account.user != 0, !composed.configuration.eventListeners.isEmpty {
            let consequence = "so listeners that run as user \(account.user) cannot read what is composed of it"
            reporter.say(.warning, "not every user can read '\(secret)', \(consequence); chmod it, or its folders")
        }
        let permissions: UInt32 = secret == nil ? 0o644 : 0o600
        return try folder.write(ComposedConfiguration.fileName, Array(text.utf8), permissions: permissions)
    }

    private static func request(_ options: OptionValues) throws -> SuperviseRequest {
        let supervisordArguments = SupervisordCommandLine(arguments: ["supervisord"] + options.operands)
        if supervisordArguments?.configurationFile != nil || supervisordArguments?.staysInForeground ?? false {
            throw UsageError.other(
                "supervisord gets '-n' and '-c' from \(name) already; name the configuration with '--config' before '--'"
            )
        }
        let ownOptions: [any OptionDeclaration] = [ListenerOptions.config, supervisord, check, print]
        let own = Set((ownOptions + CompositionOptions.all).map { "--\($0.name)" })
        let listenerArguments = options.given.filter { !own.contains($0.name) }.map { $0.word }
        let listenerRequest = listenerArguments.isEmpty ? nil : try ListenerSection.request(of: listenerArguments)
        // What the command line says is checked before anything is looked for.
        var search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        // It names what another supervise has composed.
        search.environment[ConfigurationSearch.variable] = nil
        search.supervised = []
        return SuperviseRequest(
            composition: CompositionOptions.request(base: try search.find(), for: .running, options),
            listenerArguments: listenerArguments,
            listenerRequest: listenerRequest,
            supervisord: options[supervisord],
            supervisordArguments: options.operands
        )
    }
}
