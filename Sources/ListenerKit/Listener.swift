import Synchronization

/// A program that supervisord runs as an event listener.
///
/// This is a whole program, with a handler of its own beside those of this package:
///
/// ```swift
/// import Handlers
/// import ListenerKit
///
/// Listener.main(builtInHandlers + [CrashMail.self])
/// ```
public enum Listener {
    /// Carries out the command line: listens with the handlers that it selects, runs a subcommand, or prints help.
    ///
    /// Every program has `--help`, `--version`, and three subcommands: `check` reports what is wrong with a configuration, `manual`
    /// prints manual pages, and `completion` has a shell complete command lines. While the program listens, standard input and output belong to supervisord's protocol: what is printed goes to standard error.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - name: The program's name in messages; by default the one that it was called by.
    ///   - version: The version that `--version` prints.
    ///   - subcommands: The tasks that the first argument can select instead of listening; one that is called `check`, for
    ///     example, replaces the one that every program has.
    /// - Returns: Never; a listener ends when supervisord ends, or tells it to.
    public static func main(
        _ handlers: [any Handler.Type],
        name: String? = nil,
        version: String = "unknown",
        subcommands: [any Subcommand.Type] = []
    ) -> Never {
        let common: [any Subcommand.Type] = [ProgramCheck.self, ManualCommand.self, CompletionCommand.self]
        let missing = common.filter { one in !subcommands.contains { $0.name == one.name } }
        run(handlers, name: name, version: version, subcommands: subcommands + missing) { options in
            try SupervisorConfiguration.processes(options)
        }
    }

    /// Carries out the command line of a program whose subcommands are all given.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - name: The program's name in messages; by default the one that it was called by.
    ///   - version: The version that `--version` prints.
    ///   - subcommands: The tasks that the first argument can select instead of listening.
    ///   - processes: Reads the processes of the configuration that options name, for completion.
    /// - Returns: Never; the program ends.
    package static func run(
        _ handlers: [any Handler.Type],
        name: String?,
        version: String,
        subcommands: [any Subcommand.Type],
        processes: @escaping @Sendable (OptionValues) throws -> [ProcessName]
    ) -> Never {
        surviveFailedWrites()
        let arguments = processArguments()
        let name = name ?? arguments.first.map { lastPathComponent($0) } ?? "listener"
        let subcommand = subcommands.first { $0.name == arguments.dropFirst().first }
        let help = HelpText(program: name, handlers: handlers, subcommands: subcommands)
        let usage = subcommand.map { help.usage(of: $0) } ?? help.usage
        var reporter = Reporter(program: name)
        do {
            if let subcommand {
                let program = Program(
                    name: name,
                    version: version,
                    handlers: handlers,
                    subcommands: subcommands,
                    processes: processes
                )
                try run(subcommand, Array(arguments.dropFirst(2)), of: program, help) { request in
                    reporter = Reporter(program: name, form: request.messageForm)
                }
            }
            let parser = CommandLineParser(handlers: handlers, subcommands: subcommands.map { $0.name })
            switch try parser.parse(Array(arguments.dropFirst())) {
            case .help: try printOut(help.text)
            case .version: try printOut("\(version)\n")
            case .listen(let request):
                reporter = Reporter(program: name, form: request.messageForm)
                let supervise = subcommands.first { $0.name == "supervise" }.map { "\(name) \($0.name)" }
                try listen(request, reporter, supervise)
            }
            endProcess(with: .success)
        } catch let error as UsageError {
            reporter.report(error, command: subcommand.map { "\(name) \($0.name)" }, usage: usage)
            if subcommand == nil {
                holdUpRestart()
            }
            endProcess(with: .usage)
        } catch {
            let text = ConfigurationProblem(error)?.withoutSeverity ?? "\(error)"
            reporter.report(.error, text, asText: "\(name): error: \(text)")
            if subcommand == nil {
                holdUpRestart()
            }
            endProcess(with: ExitStatus(for: error))
        }
    }

    /// Lets a moment pass before a listener of supervisord ends that cannot work.
    ///
    /// With `startsecs=0`, supervisord would start it again a hundred times a second, and each time it would say why. It is much
    /// less than a second, so that it does not count as started with `startsecs=1`.
    private static func holdUpRestart() {
        if currentEnvironment()["SUPERVISOR_ENABLED"] != nil {
            pause(for: .milliseconds(250))
        }
    }

    private static func run(
        _ subcommand: any Subcommand.Type,
        _ arguments: [String],
        of program: Program,
        _ help: HelpText,
        whenKnown: (ListenRequest) -> Void
    ) throws -> Never {
        let parser = OptionParser(subcommand)
        var output = CommandOutput()
        var status = ExitStatus.success
        switch try parser.parse(arguments) {
        case .help: output.print(help.text(of: subcommand).utf8)
        case .version: output.print(line: program.version)
        case .values(let values, _):
            whenKnown(ListenRequest(selecting: subcommand.handlers, by: values))
            if let subcommand = subcommand as? any ProgramSubcommand.Type {
                status = try subcommand.run(values, &output, of: program)
            } else {
                status = try subcommand.run(values, &output)
            }
        }
        try output.write()
        endProcess(with: status)
    }

    /// The signals that shut a listener down; supervisord sends the one that `stopsignal=` names.
    private static let ending: [Signal] = [.terminate, .interrupt, .quit]
    /// The signals that tell it that log files have been moved away.
    private static let rotating: [Signal] = [.hangUp, .user2]
    /// A signal that would end it without a message by default.
    private static let harmless: [Signal] = [.user1]

    /// Listens until supervisord ends or stops the program.
    ///
    /// - Parameters:
    ///   - request: The handlers, and their options.
    ///   - reporter: Writes messages.
    ///   - supervise: The command that starts supervisord and listens to it, if this program has one.
    /// - Returns: Never; the program ends.
    /// - Throws: The error that keeps it from listening.
    private static func listen(_ request: ListenRequest, _ reporter: Reporter, _ supervise: String?) throws -> Never {
        try rejectTerminal()
        let channel = try ProtocolChannel.takingStandardStreams()
        let environment = currentEnvironment()
        let signals = try SignalPipe.open(for: ending + rotating + harmless.filter { !$0.isIgnored })
        let access = try SupervisordAccess(
            options: request.options,
            environment: environment,
            asListener: true
        )
        for warning in access.warnings {
            reporter.report(.warning, warning)
        }
        let isStopped = Mutex(false)
        let runtime = try ListenerRuntime(
            request,
            channel: channel,
            access: access,
            reporter: reporter,
            notStarted: environment["SUPERVISOR_ENABLED"] == nil ? notStarted(supervise) : nil,
            whenFinished: { status in
                if isStopped.withLock({ $0 }) {
                    try? access.supervisor.get().nudgeBeforeEnd()
                } else if status != .success {
                    holdUpRestart()
                }
                endProcess(with: status)
            }
        )
        runtime.watch(signals.fileDescriptor) {
            for signal in signals.readSignals() {
                if rotating.contains(signal) {
                    runtime.rotate()
                } else if ending.contains(signal) {
                    // supervisord stops its listeners like this.
                    isStopped.withLock { $0 = true }
                    runtime.end()
                }
            }
        }
        try runtime.run()
        // Another thread runs the loop now, and ends the process when the listener is finished.
        sleepForever()
    }

    /// Ends with a message if the program is run by hand, which would otherwise show a READY and nothing more.
    private static func rejectTerminal() throws(UsageError) {
        if isTerminal(0) {
            throw .other(
                "Nothing to listen to: standard input is a terminal; supervisord must start this program, as the command= of an "
                    + "[eventlistener:x] section"
            )
        }
    }

    /// The error if input ends before any event, and supervisord has not started this program.
    private static func notStarted(_ supervise: String?) -> UsageError {
        let advice = supervise.map { "; '\($0)' starts supervisord itself" } ?? ""
        return .other(
            "Nothing to listen to: standard input ended before any event; supervisord must start this program, as the "
                + "command= of an [eventlistener:x] section\(advice)"
        )
    }

    private static func printOut(_ text: String) throws(SystemError) {
        var output = CommandOutput()
        output.print(text.utf8)
        try output.write()
    }

    private static func lastPathComponent(_ path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? path
    }
}
