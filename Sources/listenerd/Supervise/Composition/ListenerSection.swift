import Handlers
import ListenerKit

/// The `[eventlistener:listenerd]` of the handlers that `supervise` was given.
struct ListenerSection {
    /// The program to run.
    let executable: String
    /// Its arguments, which select the handlers.
    let arguments: [String]
    /// What the arguments ask for.
    let request: ListenRequest

    /// Before everything else at the start, and behind it at the end.
    private static let priority = "-999"

    /// Reads arguments as the listener itself is going to.
    ///
    /// - Parameter arguments: The flags and options of handlers.
    /// - Returns: What they ask for.
    /// - Throws: ``UsageError`` if they cannot be carried out.
    static func request(of arguments: [String]) throws(UsageError) -> ListenRequest {
        for argument in arguments where argument.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw .other("The argument \(argument.quoted) has a control character, which no configuration can hold")
        }
        switch try CommandLineParser(handlers: builtInHandlers).parse(arguments) {
        case .listen(let request): return request
        case .help, .version: throw .noHandler(flags: builtInHandlers.map { "--\($0.name)" })
        }
    }

    /// The section.
    ///
    /// - Parameter count: How many processes there are without this one.
    /// - Returns: The section, with room for the events of all of them.
    func section(besides count: Int) -> GeneratedSection {
        GeneratedSection(
            "eventlistener:\(ComposedConfiguration.listenerName)",
            [
                "command": shellCommand([executable] + arguments + logged),
                "events": events.map { $0.rawValue }.joined(separator: ","),
                "buffer_size": String(ListenerBuffer.size(forProcesses: count + 1)),
                "priority": Self.priority,
                "startsecs": "0",
                // [DEFAULT] of the base may say otherwise, for programs.
                "autostart": "true",
                "redirect_stderr": "false",
                // It ends with 0 after SIGTERM, and if it has started everything; then there is nothing left to do.
                "autorestart": endsWhenDone ? "unexpected" : "true",
                "stdout_logfile": "NONE",
                "stderr_logfile": "/dev/stderr",
                "stderr_logfile_maxbytes": "0",
            ]
        )
    }

    /// What the handlers need or can make use of, without what comes with something else of it.
    private var events: [EventKind] {
        let needed = Set(request.handlers.flatMap { $0.events } + (wanted ?? []) + helpful)
        return EventKind.allCases.filter { kind in
            needed.contains(kind) && !needed.contains { $0 != kind && $0.includes(kind) }
        }
    }

    /// The events that the log was told to log.
    private var wanted: [EventKind]? {
        request.value(of: EventLog.wanted, handler: EventLog.name)
    }

    /// Keeps what comes for other handlers out of the log.
    private var logged: [String] {
        guard hasHandler(EventLog.name), wanted == nil, !helpful.isEmpty else {
            return []
        }
        return ["--\(EventLog.name)-\(EventLog.wanted.name)=\(EventLog.events.optionText)"]
    }

    /// What handlers make do without, but not as well.
    private var helpful: [EventKind] {
        var helpful: [EventKind] = []
        if hasHandler(OrderedStartup.name) || hasHandler(FatalExit.name) {
            // By these both follow supervisorctl update.
            helpful.append(.processGroupAdded)
        }
        if hasHandler(FatalExit.name) {
            // While supervisord stops, much looks like a failure to who does not know that it does.
            helpful.append(.supervisorStateChangeStopping)
        }
        return helpful
    }

    private func hasHandler(_ name: String) -> Bool {
        request.handlers.contains { $0.name == name }
    }

    private var endsWhenDone: Bool {
        arguments.contains("--\(OrderedStartup.name)-exit")
    }
}
