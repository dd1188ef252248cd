import Handlers
import ListenerKit

/// The request of a `listenerd supervise`: what to compose and to run.
struct SuperviseRequest {
    /// The parts that the configuration is composed of.
    let composition: CompositionRequest
    /// The flags and options of handlers; empty if no listener is to be added.
    let listenerArguments: [String]
    /// Those arguments, parsed; nil if no listener is to be added.
    let listenerRequest: ListenRequest?
    /// The supervisord program.
    let supervisord: String
    /// Further arguments for supervisord.
    let supervisordArguments: [String]
    /// The time limit of the whole stop; nil if there is none.
    let stopTimeout: Duration?

    /// Returns the user that supervisord is to become: by its arguments, else by its configuration; nil if neither names one.
    ///
    /// - Parameter configuration: supervisord's configuration.
    /// - Returns: The name or the id of the user.
    func user(_ configuration: SupervisorConfiguration) -> String? {
        SupervisordCommandLine(arguments: ["supervisord"] + supervisordArguments)?.user ?? configuration.settings.user
    }

    /// The name of the listener that is added; nil if none is.
    var addedListener: String? { listenerRequest == nil ? nil : ComposedConfiguration.listenerName }

    /// Composes the configuration.
    ///
    /// - Parameters:
    ///   - directory: The directory of the main file.
    ///   - socketFolder: The folder in that directory for the socket of a server that is added; nil for the directory itself.
    /// - Returns: The configuration; without text if the base runs as it is.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    func compose(
        into directory: String,
        socketFolder: String? = nil
    ) throws -> ComposedConfiguration {
        var composer = try ConfigurationComposer(composition, .current())
        try composer.addMissingSections(answersCalls: listenerRequest != nil, socketDirectory: socketFolder)
        guard let listenerRequest else {
            return try composer.compose(into: directory)
        }
        var others = try composer.compose(into: directory)
        if listenerRequest.value(of: EventLog.output, handler: EventLog.name) {
            let isReplacing = writesLogToStream(listenerRequest)
            let programs = StreamedPrograms(others.configuration, isReplacingStreams: isReplacing)
            composer.addOptions(defaults: programs.defaults, replacements: programs.replacements)
            others = try composer.compose(into: directory)
        }
        let listener = ListenerSection(
            executable: executablePath(),
            arguments: listenerArguments,
            request: listenerRequest,
            besides: others.configuration
        )
        try check(listenerRequest, besides: others)
        for section in listener.sections {
            try composer.add(section)
        }
        return try composer.compose(into: directory)
    }

    /// Whether the log goes where supervisord's own output goes.
    private func writesLogToStream(_ request: ListenRequest) -> Bool {
        let file = request.value(of: EventLog.file, handler: EventLog.name)
        return file.map { StandardStream(path: $0) != nil } ?? true
    }

    /// Rejects a listener that would repeat the work of another one, or do nothing.
    private func check(
        _ request: ListenRequest,
        besides composed: ComposedConfiguration
    ) throws(ConfigurationProblem) {
        let configuration = composed.configuration
        let names = Set(request.handlers.map { $0.name })
        for listener in configuration.eventListeners {
            let others = try? ListenerCommand(listener.program.command)?.request()
            if let twice = others?.handlers.first(where: { names.contains($0.name) }) {
                let message = "[eventlistener:\(listener.name)] has --\(twice.name), and so does supervise"
                throw ConfigurationProblem(
                    .repeatedHandler,
                    at: listener.program.location,
                    "\(message): it would run twice; remove it from one of them",
                    severity: .error
                )
            }
        }
        let problems = FatalExit.problems(ofProgramsIn: request, configuration)
        // The same command line may be used with other roles. If those that run lack the programs, the listener reports it.
        if !composed.leavesRolesOut, problems.contains(where: { $0.severity == .error }) {
            let start = ConfigurationLocation(file: configuration.path, line: 1)
            let message = problems.map { $0.message }.joined(separator: "; ")
            throw ConfigurationProblem(.fatalExitPrograms, at: configuration.settings.location ?? start, message)
        }
    }
}
