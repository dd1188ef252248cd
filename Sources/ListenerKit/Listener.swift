import Synchronization

/// A program that supervisord runs as an event listener.
///
/// A whole program, with handlers of its own beside those of this package:
///
/// ```swift
/// import Handlers
/// import ListenerKit
///
/// Listener.main(builtInHandlers + [CrashMail.self])
/// ```
public enum Listener {
    /// Does what the command line asks for: listens with the handlers that it selects, or prints help.
    ///
    /// Standard input and output belong to supervisord's protocol from then on; what is printed goes to standard error.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - name: The program's name in messages; by default what it was called by.
    ///   - version: What `--version` prints.
    /// - Returns: Never; the program ends when supervisord does, or tells it to.
    public static func main(_ handlers: [any Handler.Type], name: String? = nil, version: String = "unknown") -> Never {
        main(handlers, name: name, version: version, subcommands: [])
    }

    /// Does what the command line asks for, which may also be something else than to listen.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - name: The program's name in messages; by default what it was called by.
    ///   - version: What `--version` prints.
    ///   - subcommands: What the first argument can select instead.
    /// - Returns: Never; the program ends.
    package static func main(
        _ handlers: [any Handler.Type],
        name: String?,
        version: String,
        subcommands: [any Subcommand.Type]
    ) -> Never {
        let arguments = processArguments()
        let name = name ?? arguments.first.map { lastPathComponent($0) } ?? "listener"
        let subcommand = subcommands.first { $0.name == arguments.dropFirst().first }
        let help = HelpText(program: name, handlers: handlers, subcommands: subcommands)
        let usage = subcommand.map { help.usage(of: $0) } ?? help.usage
        do {
            if let subcommand {
                try run(subcommand, Array(arguments.dropFirst(2)), help, version)
            }
            let parser = CommandLineParser(handlers: handlers, subcommands: subcommands.map { $0.name })
            switch try parser.parse(Array(arguments.dropFirst())) {
            case .help: try printOut(help.text)
            case .version: try printOut("\(version)\n")
            case .listen(let request): try listen(request, as: name)
            }
            endProcess(with: .success)
        } catch let error as UsageError {
            let command = subcommand.map { "\(name) \($0.name)" } ?? name
            fail("Error: \(error)\n\(usage)\n  See '\(command) --help' for more information.\n", .usage)
        } catch {
            fail("\(name): error: \(message(of: error))\n", ExitStatus(for: error))
        }
    }

    private static func run(
        _ subcommand: any Subcommand.Type,
        _ arguments: [String],
        _ help: HelpText,
        _ version: String
    ) throws -> Never {
        let parser = OptionParser(subcommand)
        var output = CommandOutput()
        var status = ExitStatus.success
        switch try parser.parse(arguments) {
        case .help: output.print(help.text(of: subcommand).utf8)
        case .version: output.print(line: version)
        case .values(let values, _): status = try subcommand.run(values, &output)
        }
        try output.write()
        endProcess(with: status)
    }

    private static func listen(_ request: ListenRequest, as name: String) throws -> Never {
        try refuseTerminal()
        ignoreBrokenPipes()
        let channel = try ProtocolChannel.takingStandardStreams()
        let signals = try SignalPipe.open(for: [.terminate, .interrupt, .hangUp, .user2])
        let reporter = Reporter(program: name)
        let surroundings = try Surroundings(
            options: request.options,
            environment: currentEnvironment(),
            asListener: true
        )
        for warning in surroundings.warnings {
            reporter.say(.warning, warning)
        }
        let isStopped = Mutex(false)
        let runtime = try ListenerRuntime(
            request,
            channel: channel,
            surroundings: surroundings,
            reporter: reporter,
            whenFinished: { status in
                if isStopped.withLock({ $0 }) {
                    try? surroundings.supervisor.get().nudgeBeforeEnd()
                }
                endProcess(with: status)
            }
        )
        runtime.watch(signals.number) {
            for signal in signals.take() {
                switch signal {
                case .hangUp, .user2: runtime.rotate()
                default:
                    // That is how supervisord stops it.
                    isStopped.withLock { $0 = true }
                    runtime.end()
                }
            }
        }
        try runtime.run()
        // Another thread leads now, and ends the process when the listener is finished.
        sleepForever()
    }

    /// Somebody who runs a listener by hand gets told, instead of a READY and silence.
    private static func refuseTerminal() throws(UsageError) {
        if isTerminal(0) {
            throw .other(
                "Nothing to listen to: supervisord starts this program, as the command= of an [eventlistener:x] section"
            )
        }
    }

    private static func printOut(_ text: String) throws(SystemError) {
        var output = CommandOutput()
        output.print(text.utf8)
        try output.write()
    }

    /// What is wrong, without the word that says how much it matters where a line of a file is named.
    private static func message(of error: any Error) -> String {
        switch error {
        case ConfigurationError.malformed(let location, let line): "\(location): \(line)"
        case let problem as ConfigurationProblem: "\(problem.location): \(problem.message)"
        case RoleError.conflict(let problem): "\(problem.location): \(problem.message)"
        default: "\(error)"
        }
    }

    private static func fail(_ message: String, _ status: ExitStatus) -> Never {
        try? writeAll(Array(message.utf8), to: 2)
        endProcess(with: status)
    }

    private static func lastPathComponent(_ path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? path
    }
}
