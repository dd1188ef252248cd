/// The subcommand `check` that every program has: reports whether supervisord's configuration gives its handlers what they need.
enum ProgramCheck: ProgramSubcommand {
    static let name = "check"
    static let summary = "report what is wrong with a configuration, before it runs"
    static let explanation = [
        """
        Each finding is a line on standard output, FILE:LINE: error: … or FILE:LINE: warning: …. An error keeps something from \
        working: supervisord refuses the file, or a listener does not get what its handlers need. Nothing is printed if nothing \
        is wrong.
        """
    ]
    static let exitStatus: String? = "0; 65 if there is an error, or no configuration."
    static var options: [any OptionDeclaration] { [ListenerOptions.config] }

    static func run(_ options: OptionValues, _ output: inout CommandOutput, of program: Program) throws -> ExitStatus {
        let search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        let file = try search.find()
        if !search.isObvious(file) {
            output.complain(line: "\(program.name): info: the configuration is '\(file)'")
        }
        let environment = search.supervisordEnvironment(forConfiguration: file)
        let configuration = try SupervisorConfiguration(path: file, .current(environment: environment))
        let problems = problems(in: configuration, of: program)
        for problem in problems {
            output.print(line: problem.printed)
        }
        return problems.exitStatus
    }

    /// Finds the problems of a configuration in which a program is to listen.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - program: The program.
    /// - Returns: The problems, in the order of files and lines.
    static func problems(in configuration: SupervisorConfiguration, of program: Program) -> [ConfigurationProblem] {
        var problems = configuration.problems
        var isRun = false
        for listener in configuration.eventListeners {
            if let command = ProgramCommand(listener.program.command, of: program.name) {
                isRun = true
                problems += self.problems(of: listener, command, program, configuration)
            }
        }
        if !isRun {
            let place = configuration.settings.location ?? ConfigurationLocation(file: configuration.path, line: 1)
            let message = "no [eventlistener:x] runs \(program.name); add one, with its command= and events="
            problems.append(ConfigurationProblem(.unusedListener, at: place, message))
        }
        return problems.sorted(byPlaceIn: configuration.files)
    }

    private static func problems(
        of listener: EventListenerConfiguration,
        _ command: ProgramCommand,
        _ program: Program,
        _ configuration: SupervisorConfiguration
    ) -> [ConfigurationProblem] {
        let check = ListenerSectionCheck(listener)
        var problems = check.repeatedEvents()
        do throws(UsageError) {
            let request = try program.request(command.arguments)
            problems += check.missingEvents(request.handlers.map { need(of: $0, check.events) })
            if let handler = request.handlers.first(where: { $0 is any SupervisorDependent.Type }),
                configuration.preferredServer == nil || !configuration.hasRemoteInterface
            {
                let message = unanswered(handler, listener)
                problems.append(ConfigurationProblem(.uncallableServer, at: command.location, message))
            }
        } catch {
            let message = "\(listener.name) exits as soon as it starts: \(error)"
            problems.append(ConfigurationProblem(.listenerCommand, at: command.location, message))
        }
        return problems + (check.smallBuffer(forProcesses: configuration.processCount).map { [$0] } ?? [])
    }

    /// A handler that gets a part of what it needs works with that, and so does one of every event with whatever arrives.
    private static func need(of handler: any Handler.Type, _ events: SubscribedEvents) -> ListenerSectionCheck.Need {
        let getsPart = handler.events.allSatisfy { events.deliverPart(of: $0) }
        let isFlexible = getsPart || handler is any EventHandler.Type
        return ListenerSectionCheck.Need("--\(handler.name)", handler.events, isFlexible ? .warning : .error)
    }

    private static func unanswered(_ handler: any Handler.Type, _ listener: EventListenerConfiguration) -> String {
        """
        \(listener.name) has --\(handler.name), which calls supervisord, but supervisord answers no calls; add [unix_http_server] \
        with file=, and [rpcinterface:supervisor] with supervisor.rpcinterface_factory=\
        supervisor.rpcinterface:make_main_rpcinterface
        """
    }
}
