import Handlers
import ListenerKit

/// What `listenerd supervise` is asked to run.
struct SuperviseRequest {
    /// What the configuration is composed of.
    let composition: CompositionRequest
    /// The flags and options of handlers; empty where no listener is to be added.
    let listenerArguments: [String]
    /// What these ask for; nil where no listener is to be added.
    let listenerRequest: ListenRequest?
    /// What is called to start supervisord.
    let supervisord: String
    /// More arguments of supervisord.
    let supervisordArguments: [String]

    /// Whom supervisord is to run as: what it is told itself comes before its configuration; nil where nobody says.
    ///
    /// - Parameter configuration: Its configuration.
    /// - Returns: The name or the number of the user.
    func user(_ configuration: SupervisorConfiguration) -> String? {
        SupervisordCommandLine(arguments: ["supervisord"] + supervisordArguments)?.user ?? configuration.settings.user
    }

    /// What the listener is called that is added; nil where none is.
    var addedListener: String? { listenerRequest == nil ? nil : ComposedConfiguration.listenerName }

    /// Puts the configuration together.
    ///
    /// - Parameters:
    ///   - directory: Where the main file is going to be.
    ///   - socketFolder: The folder for the socket of a server that is added, in that directory; nil for the directory itself.
    /// - Returns: The configuration; where it has no text the base runs as it is.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    func compose(
        into directory: String,
        socketFolder: String? = nil
    ) throws -> ComposedConfiguration {
        var composer = try ConfigurationComposer(composition, .current())
        try composer.addMissingSections(answersCalls: listenerRequest != nil, socketFolder: socketFolder)
        guard let listenerRequest else {
            return try composer.compose(into: directory)
        }
        let others = try composer.compose(into: directory)
        let listener = ListenerSection(
            executable: executablePath(),
            arguments: listenerArguments,
            request: listenerRequest
        )
        try check(listenerRequest, besides: others)
        try composer.add(listener.section(besides: others.configuration.processCount))
        return try composer.compose(into: directory)
    }

    /// Refuses a listener that would do what another one does, or nothing.
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
                    .error,
                    at: listener.program.location,
                    "\(message): it would run twice; remove it from one of them"
                )
            }
        }
        let problems = FatalExit.problems(ofProgramsIn: request, configuration)
        // One command line may serve all roles; the listener says it where those that run have none of the programs.
        if !composed.leavesRolesOut, problems.contains(where: { $0.severity == .error }) {
            let start = ConfigurationLocation(file: configuration.path, line: 1)
            let message = problems.map { $0.message }.joined(separator: "; ")
            throw ConfigurationProblem(.error, at: configuration.settings.location ?? start, message)
        }
    }
}
