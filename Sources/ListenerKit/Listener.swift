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
        surviveFailedWrites()
        let arguments = processArguments()
        let name = name ?? arguments.first.map { lastPathComponent($0) } ?? "listener"
        let subcommand = subcommands.first { $0.name == arguments.dropFirst().first }
        let help = HelpText(program: name, handlers: handlers, subcommands: subcommands)
        let usage = subcommand.map { help.usage(of: $0) } ?? help.usage
        var reporter = Reporter(program: name)
        do {
            if let subcommand {
                try run(subcommand, Array(arguments.dropFirst(2)), help, version) { request in
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
            endProcess(with: .usage)
        } catch {
            let text = message(of: error)
            reporter.report(.error, text, asText: "\(name): error: \(text)")
            endProcess(with: ExitStatus(for: error))
        }
    }

    private static func run(
        _ subcommand: any Subcommand.Type,
        _ arguments: [String],
        _ help: HelpText,
        _ version: String,
        whenKnown: (ListenRequest) -> Void
    ) throws -> Never {
        let parser = OptionParser(subcommand)
        var output = CommandOutput()
        var status = ExitStatus.success
        switch try parser.parse(arguments) {
        case .help: output.print(help.text(of: subcommand).utf8)
        case .version: output.print(line: version)
        case .values(let values, _):
            whenKnown(ListenRequest(selecting: subcommand.handlers, by: values))
            status = try subcommand.run(values, &output)
        }
        try output.write()
        endProcess(with: status)
    }

    /// What ends a listener in good order; supervisord sends whatever `stopsignal=` says.
    private static let ending: [Signal] = [.terminate, .interrupt, .quit]
    /// What tells it that log files have been moved away.
    private static let rotating: [Signal] = [.hangUp, .user2]
    /// What would end it without a word.
    private static let harmless: [Signal] = [.user1]

    /// Listens until the end.
    ///
    /// - Parameters:
    ///   - request: The handlers, and their options.
    ///   - reporter: Where messages go.
    ///   - supervise: What starts supervisord and listens to it, if this program can do that.
    /// - Returns: Never; the program ends.
    /// - Throws: What keeps it from listening.
    private static func listen(_ request: ListenRequest, _ reporter: Reporter, _ supervise: String?) throws -> Never {
        try refuseTerminal()
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
                }
                endProcess(with: status)
            }
        )
        runtime.watch(signals.fileDescriptor) {
            for signal in signals.readSignals() {
                if rotating.contains(signal) {
                    runtime.rotate()
                } else if ending.contains(signal) {
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

    /// What is wrong if input ends before anything has come, and supervisord has not started this program.
    private static func notStarted(_ supervise: String?) -> UsageError {
        let advice = supervise.map { "; '\($0)' starts supervisord itself" } ?? ""
        return .other(
            "Nothing to listen to: standard input is at its end, and no event has come; supervisord must start this program, "
                + "as the command= of an [eventlistener:x] section\(advice)"
        )
    }

    private static func printOut(_ text: String) throws(SystemError) {
        var output = CommandOutput()
        output.print(text.utf8)
        try output.write()
    }

    /// What is wrong, without the word that says how much it matters where a line of a file is named.
    private static func message(of error: any Error) -> String {
        switch error {
        case let error as ConfigurationError: error.withoutSeverity
        case let problem as ConfigurationProblem: "\(problem.location): \(problem.message)"
        default: "\(error)"
        }
    }

    private static func lastPathComponent(_ path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? path
    }
}
