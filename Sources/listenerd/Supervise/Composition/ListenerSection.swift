import Handlers
import ListenerKit

/// The section `[eventlistener:listenerd]` for the handlers that `supervise` was given.
struct ListenerSection {
    /// The program to run.
    let executable: String
    /// Its arguments, which select the handlers.
    let arguments: [String]
    /// The arguments, parsed.
    let request: ListenRequest
    /// The other programs and listeners.
    private let others: SupervisorConfiguration
    /// The events by which gates pass that the handlers follow.
    private let awaitedOutput: [EventKind]

    /// Started before all other programs, and stopped after them.
    private static let priority = "-999"
    /// Stopped after all other programs, and before the listener.
    private static let groupPriority = "-998"
    /// How many passes there are for the events that the end of the last program causes: a few, but not in every pass is the listener
    /// ready for the next one.
    private static let lastPassCount = 24
    /// Enough for a burst of output, and not too much for supervisord's memory: an event holds up to 64 KiB, what a program has written
    /// since supervisord looked last.
    private static let outputBufferSize = 2048

    /// Describes the section.
    ///
    /// - Parameters:
    ///   - executable: The program to run.
    ///   - arguments: Its arguments, which select the handlers.
    ///   - request: The arguments, parsed.
    ///   - others: The other programs and listeners.
    init(executable: String, arguments: [String], request: ListenRequest, besides others: SupervisorConfiguration) {
        self.executable = executable
        self.arguments = arguments
        self.request = request
        self.others = others
        let followsGates = request.handlers.contains { $0.name == OrderedStartup.name }
        awaitedOutput = followsGates ? ProgramOutput.eventsAwaitedByGates(in: others) : []
    }

    /// Parses arguments as the listener itself will.
    ///
    /// - Parameter arguments: The flags and options of handlers.
    /// - Returns: The request.
    /// - Throws: ``UsageError``.
    static func request(of arguments: [String]) throws(UsageError) -> ListenRequest {
        for argument in arguments where argument.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw .other("The argument \(argument.quoted) has a control character, which no configuration can hold")
        }
        switch try CommandLineParser(handlers: builtInHandlers).parse(arguments) {
        case .listen(let request): return request
        case .help, .version: throw .noHandler(flags: builtInHandlers.map { "--\($0.name)" })
        }
    }

    /// The section, and those of empty groups that let the listener hear of the end of other programs.
    ///
    /// supervisord stops one group in each pass of its loop, and sends a listener one event in each. Without groups in between, it would
    /// stop the listener in the pass after that in which the last program has ended, with all that this has written at its end.
    var sections: [GeneratedSection] {
        let count = isLoggingOutput && !stopsInOrder ? Self.lastPassCount : 0
        return [section]
            + (0..<count).map { number in
                let options: KeyValuePairs = ["programs": "", "priority": Self.groupPriority]
                return GeneratedSection("group:\(ComposedConfiguration.listenerName)-\(number + 1)", options)
            }
    }

    /// The section of the listener, with a buffer for the events of all processes.
    private var section: GeneratedSection {
        // Its own standard error would come back as events, without end, if the base enabled those in [DEFAULT].
        let noLoop = isLoggingOutput ? [GeneratedSection.Option(key: "stderr_events_enabled", text: "false")] : []
        return GeneratedSection("eventlistener:\(ComposedConfiguration.listenerName)", options + noLoop)
    }

    private var options: [GeneratedSection.Option] {
        [
            ("command", shellCommand([executable] + arguments + logArguments)),
            ("events", events.map { $0.rawValue }.joined(separator: ",")),
            ("buffer_size", String(bufferSize)),
            ("priority", Self.priority),
            ("startsecs", "0"),
            // [DEFAULT] of the base may have other values, for programs.
            ("autostart", "true"),
            ("redirect_stderr", "false"),
            // It exits with 0 after SIGTERM, and once it has started everything; then it need not be restarted.
            ("autorestart", endsWhenDone ? "unexpected" : "true"),
            ("stdout_logfile", "NONE"),
            ("stderr_logfile", "/dev/stderr"),
            ("stderr_logfile_maxbytes", "0"),
        ]
        .map { key, text in GeneratedSection.Option(key: key, text: text) }
    }

    /// The number of events that supervisord keeps.
    private var bufferSize: Int {
        let size = ListenerBuffer.size(forProcesses: others.processCount + 1)
        return isLoggingOutput ? max(size, Self.outputBufferSize) : size
    }

    /// Whether what programs write is logged.
    private var isLoggingOutput: Bool {
        request.value(of: EventLog.output, handler: EventLog.name)
    }

    /// The events that the handlers need or can use, without those that another one includes.
    private var events: [EventKind] {
        let needed = Set(request.handlers.flatMap { $0.events } + (wanted ?? []) + output + helpful)
        return EventKind.allCases.filter { kind in
            needed.contains(kind) && !needed.contains { $0 != kind && $0.includes(kind) }
        }
    }

    /// The events with what programs write, if that is to be logged.
    private var output: [EventKind] { isLoggingOutput ? [.processLog] : [] }

    /// The events that the log was told to log.
    private var wanted: [EventKind]? {
        request.value(of: EventLog.wanted, handler: EventLog.name)
    }

    /// The arguments that keep events for other handlers out of the log, unless that is one from which a run can be replayed.
    private var logArguments: [String] {
        guard hasHandler(EventLog.name), wanted == nil, !helpful.isEmpty, !EventLog.hasRecord(request) else {
            return []
        }
        let logged = EventLog.events + output
        return ["--\(EventLog.name)-\(EventLog.wanted.name)=\(logged.optionText)"]
    }

    /// The events that handlers do not need whatever the programs are, but work better with.
    private var helpful: [EventKind] {
        var helpful = awaitedOutput
        if hasHandler(OrderedStartup.name) || hasHandler(FatalExit.name) {
            // With these, both follow supervisorctl update at once.
            helpful.append(.processGroupAdded)
        }
        if hasHandler(FatalExit.name) {
            // During a shutdown, much looks like a failure to a handler that does not know of it.
            helpful.append(.supervisorStateChangeStopping)
        }
        if hasHandler(EventLog.name), stopsInOrder {
            // By such an event, supervise finds out that the last words of programs are in the log.
            helpful.append(.remoteCommunication)
        }
        if hasHandler(EventLog.name), request.value(of: EventLog.metricsFile, handler: EventLog.name) != nil {
            // Processes appear in the metrics, and disappear, at once.
            helpful.append(.processGroup)
        }
        return helpful
    }

    /// Whether `supervise` stops the programs itself, and waits for their last words.
    private var stopsInOrder: Bool {
        hasHandler(OrderedStartup.name) || others.eventListeners.contains { ListenerCommand.startsInOrder($0) }
    }

    private func hasHandler(_ name: String) -> Bool {
        request.handlers.contains { $0.name == name }
    }

    private var endsWhenDone: Bool {
        arguments.contains("--\(OrderedStartup.name)-exit")
    }
}
