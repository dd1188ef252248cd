public import ListenerKit

/// Writes one line for each event.
public final class EventLog {
    private static let format = Option<LogFormat>("format", "format", help: "the format of a line", default: .text)
    /// The file that the lines go to.
    package static let file = Option<String?>("file", "path", help: "the file to append to; standard error by default")
    /// Which events are logged.
    package static let wanted = Option<[EventKind]?>(
        "events",
        "list",
        help: "the events to log, named as in events=; by default all that arrive"
    )

    private let format: LogFormat
    private let wanted: [EventKind]?
    private var destination: LogDestination
    private var details: ProcessDetails
    private let requestSnapshot: () -> Void
    /// Whether a snapshot was asked for, by which processes can be forgotten, and has not come yet.
    private var isSnapshotDue = false
    /// The line that is being written; its memory is used for the next one.
    private var line: [UInt8] = []
    private var clock = LogClock()
    /// What is counted; nil if nothing is.
    let metrics: Metrics?

    /// Opens the log.
    ///
    /// - Parameter context: What the listener offers.
    /// - Throws: ``LogFileError`` if the file cannot be opened.
    public init(_ context: Context) throws {
        format = context[Self.format]
        wanted = context[Self.wanted]
        destination = try LogDestination(context[Self.file], context.reporter)
        details = ProcessDetails(context)
        requestSnapshot = { context.requestSnapshot() }
        metrics = try Self.metrics(context)
    }
}

extension EventLog: EventHandler {
    /// `log`.
    public static var name: String { HandlerName.log }
    /// Its line in help.
    public static var summary: String { "write one line for each event" }
    /// The format, the file, which events, and the file for metrics.
    public static var options: [any OptionDeclaration] { [format, file, wanted, metricsFile] }
    /// It logs whatever arrives, which would be little without changes of state.
    public static var events: [EventKind] { [.processState] }

    /// Writes a line.
    ///
    /// - Parameter event: What the line is about.
    public func handle(_ event: Event) async {
        if let record = log(event) {
            await complete(record)
        }
    }

    /// Writes a line, unless supervisord has to be asked first.
    ///
    /// - Returns: The line to be; nil if it is written, or not wanted.
    private func log(_ event: Event) -> LogRecord? {
        metrics?.apply(event)
        var record = LogRecord(event)
        if case .processState(let change) = event {
            details.add(to: &record, change)
            if details.isCrowded, !isSnapshotDue {
                isSnapshotDue = true
                requestSnapshot()
            }
            if details.isWorthAsking(about: change), isWanted(event) {
                return record
            }
        }
        if isWanted(event) {
            write(record)
        }
        return nil
    }

    private func complete(_ record: LogRecord) async {
        var record = record
        if case .processState(let change) = record.event {
            await details.ask(for: &record, change)
            metrics?.learn(from: record)
        }
        write(record)
    }

    private func isWanted(_ event: Event) -> Bool {
        guard let wanted else {
            return true
        }
        let header = event.header
        return wanted.contains { kind in header.kind.map { kind.includes($0) } ?? (kind == .event) }
    }

    private func write(_ record: LogRecord) {
        line.removeAll(keepingCapacity: true)
        switch format {
        case .text: record.appendText(to: &line, &clock)
        case .json: record.appendJSON(to: &line, &clock)
        case .logfmt: record.appendLogfmt(to: &line, &clock)
        }
        line.append(UInt8(ascii: "\n"))
        destination.write(line)
    }
}

extension EventLog: PromptHandler {
    /// Writes a line; it is left for later if supervisord has to be asked.
    package func begin(_ event: Event) -> Beginning {
        guard let record = log(event) else {
            return .done
        }
        return .unfinished { [self] in await complete(record) }
    }
}

extension EventLog: MessageForm {
    /// The form of the log's own lines, unless these are text.
    package static func messageForm(_ request: ListenRequest) -> Reporter.Form? {
        let format = request.value(of: format, handler: name)
        guard format != .text else {
            return nil
        }
        let host = currentHostName()
        return { level, message in
            let record = MessageRecord(time: .now, level: level, host: host, message: message)
            var line: [UInt8] = []
            var clock = LogClock()
            if format == .json {
                record.appendJSON(to: &line, &clock)
            } else {
                record.appendLogfmt(to: &line, &clock)
            }
            line.append(UInt8(ascii: "\n"))
            return line
        }
    }
}

extension EventLog: SnapshotHandler {
    /// Learns since when processes have been up.
    ///
    /// - Parameter snapshot: How they stand.
    public func handle(_ snapshot: Snapshot) {
        isSnapshotDue = false
        details.learn(from: snapshot)
        metrics?.apply(snapshot)
    }
}

extension EventLog: RotationHandler {
    /// Reopens the file.
    ///
    /// - Parameter event: The rotation.
    /// - Throws: ``LogFileError`` if it cannot be opened; the old one is still written to then.
    public func handle(_ event: RotationEvent) throws {
        try destination.reopen()
    }
}
