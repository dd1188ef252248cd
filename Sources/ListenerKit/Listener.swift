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
        let name = name ?? processArguments().first.map { lastPathComponent($0) } ?? "listener"
        let help = HelpText(program: name, handlers: handlers)
        do {
            switch try CommandLineParser(handlers: handlers).parse(Array(processArguments().dropFirst())) {
            case .help: try printOut(help.text)
            case .version: try printOut("\(version)\n")
            case .listen(let request): try listen(request, as: name)
            }
            endProcess(with: .success)
        } catch let error as UsageError {
            fail("Error: \(error)\n\(help.usage)\n  See '\(name) --help' for more information.\n", .usage)
        } catch {
            fail("\(name): error: \(error)\n", ExitStatus(for: error))
        }
    }

    private static func listen(_ request: ListenRequest, as name: String) throws -> Never {
        try refuseTerminal()
        ignoreBrokenPipes()
        let signals = try SignalPipe.open(for: [.terminate, .interrupt, .hangUp, .user2])
        let reporter = Reporter(program: name)
        let surroundings = try Surroundings(request: request, environment: currentEnvironment())
        let runtime = try ListenerRuntime(
            request,
            channel: try ProtocolChannel.takingStandardStreams(),
            surroundings: surroundings,
            reporter: reporter,
            whenFinished: { endProcess(with: $0) }
        )
        runtime.watch(signals.number) {
            for signal in signals.take() {
                switch signal {
                case .hangUp, .user2: runtime.rotate()
                default: runtime.end()
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
        try writeAll(Array(text.utf8), to: 1)
    }

    private static func fail(_ message: String, _ status: ExitStatus) -> Never {
        try? writeAll(Array(message.utf8), to: 2)
        endProcess(with: status)
    }

    private static func lastPathComponent(_ path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? path
    }
}
