public import ListenerKit
import Synchronization

/// Writes one line for each event.
public final class EventLog {
    private static let format = Option<LogFormat>("format", "format", help: "the format of a line", default: .text)
    /// The file that the lines go to.
    package static let file = Option<String?>(
        "file",
        "path",
        .file,
        help: "the file to append to; standard error by default"
    )
    /// Which events are logged.
    package static let wanted = Option<[EventKind]?>(
        "events",
        "list",
        help: "the events to log, named as in events=; by default all that arrive"
    )

    /// Whether the output of programs is logged as lines.
    package static let output = Option<Bool>(flag: "output", help: "log what programs write, line by line")
    /// How a line of output is logged that is itself a JSON object.
    package static let outputJSON = Option<OutputJSON>(
        "output-json",
        "form",
        help: "how --log-output writes JSON objects in a log of that format: as text, or also as objects",
        default: .text
    )

    private let format: LogFormat
    private let wanted: [EventKind]?
    /// Whether the chosen events are of output too; if not, output is logged whatever was chosen.
    private let choosesOutput: Bool
    private let destination: LogDestination
    private let reporter: Reporter
    /// Logs programs' output line by line; nil if that is not wanted.
    private let outputLog: OutputLog?
    /// Finds out if events are missing.
    private var sequence = EventSequence()
    private var details: ProcessDetails
    private let requestSnapshot: () -> Void
    /// Whether a snapshot was asked for, by which processes can be forgotten, and has not come yet.
    private var isSnapshotDue = false
    /// How many snapshots there were.
    private var snapshotCount = 0
    /// The line that is being written; its memory is used for the next one.
    private var line: [UInt8] = []
    private var formatter: LineFormatter
    /// What is counted; nil if nothing is.
    let metrics: Metrics?

    /// Opens the log.
    ///
    /// - Parameter context: What the listener offers.
    /// - Throws: ``LogFileError`` if the file cannot be opened.
    public init(_ context: Context) throws {
        format = context[Self.format]
        wanted = context[Self.wanted]
        choosesOutput = wanted?.contains { EventKind.processLog.includes($0) || $0.includes(.processLog) } ?? false
        reporter = context.reporter
        destination = try LogDestination(context[Self.file], context.reporter)
        outputLog = context[Self.output] ? OutputLog(format, context[Self.outputJSON], destination) : nil
        details = ProcessDetails(context)
        requestSnapshot = { context.requestSnapshot() }
        formatter = LineFormatter(format)
        metrics = try Self.metrics(context)
        follow(context.journal)
    }

    /// Logs what programs have written behind their last newlines, and says how many lines are missing at the end.
    deinit {
        outputLog?.finishAll()
        destination.reportMissingAtEnd()
    }

    /// Returns whether a log is one from which a run can be replayed, if it has all events.
    package static func hasRecord(_ request: ListenRequest) -> Bool {
        request.value(of: format, handler: name) == .json
    }

    /// Whether lines are written from which a run can be replayed: that needs all events, in the format that is read for it.
    private var hasDetails: Bool { format == .json && wanted == nil }

    private func follow(_ journal: Journal) {
        guard format != .text else {
            return
        }
        let formatter = Mutex(formatter)
        journal.follow(wantsDetails: hasDetails) { [destination] entry in
            var line: [UInt8] = []
            formatter.withLock { $0.append(JournalRecord(entry), to: &line) }
            destination.writeInTurn(line)
        }
    }
}

extension EventLog: EventHandler {
    /// `log`.
    public static var name: String { HandlerName.log }
    /// Its line in help.
    public static var summary: String { "write one line for each event" }
    /// The format, the file, which events, what programs write, and the file for metrics.
    public static var options: [any OptionDeclaration] { [format, file, wanted, output, outputJSON, metricsFile] }
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
        reportGap(before: event)
        if let outputLog, isWritten(event, by: outputLog) {
            return nil
        }
        var record = LogRecord(event)
        if case .processState(let change) = event {
            details.add(to: &record, change)
            if details.isCrowded, !isSnapshotDue {
                isSnapshotDue = true
                requestSnapshot()
            }
            if details.isWorthAsking(about: change), isWanted(event) {
                destination.reserve()
                return record
            }
        } else if case .remoteCommunication(let message) = event, message.isMark {
            return nil
        }
        if isWanted(event) {
            write(record)
        }
        return nil
    }

    /// Logs output line by line.
    ///
    /// - Returns: Whether that is all there is to log of an event.
    private func isWritten(_ event: Event, by outputLog: OutputLog) -> Bool {
        switch event {
        case .processLog(let piece):
            if !choosesOutput || isWanted(event) {
                outputLog.log(piece)
            }
            return true
        case .processCommunication(let message): return isWanted(event) && outputLog.log(message)
        case .processState(let change): outputLog.finish(change)
        default: break
        }
        return false
    }

    /// Says how many events are missing before one, in their place, unless the listener's report of that goes there too.
    private func reportGap(before event: Event) {
        let header = event.header
        guard case .afterGap(let count) = sequence.judge(serial: header.serial, poolSerial: header.poolSerial) else {
            return
        }
        outputLog?.interruptAll(at: header.time)
        if !destination.sharesStandardError {
            let events = count == 1 ? "1 event is" : "\(count) events are"
            let cause = "supervisord's event buffer was full, or the mailbox of --\(Self.name)"
            destination.write(reporter.line(.warning, "\(events) missing here: \(cause)"))
        }
    }

    private func complete(_ record: LogRecord) async {
        var record = record
        if case .processState(let change) = record.event {
            await details.ask(for: &record, change)
            metrics?.learn(from: record)
        }
        format(record)
        destination.writeReserved(line)
    }

    private func isWanted(_ event: Event) -> Bool {
        guard let wanted else {
            return true
        }
        let header = event.header
        return wanted.contains { kind in header.kind.map { kind.includes($0) } ?? (kind == .event) }
    }

    private func write(_ record: some LineRecord) {
        format(record)
        destination.write(line)
    }

    private func format(_ record: some LineRecord) {
        line.removeAll(keepingCapacity: true)
        formatter.append(record, to: &line)
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
        let formatter = Mutex(LineFormatter(format))
        return { level, message in
            var line: [UInt8] = []
            let record = MessageRecord(time: .now, level: LogLevel(level), message: message)
            formatter.withLock { $0.append(record, to: &line) }
            return line
        }
    }
}

extension EventLog: SnapshotHandler {
    /// Learns since when processes have been up, and logs how they stand if a run can be replayed from the log.
    ///
    /// - Parameter snapshot: How they stand.
    public func handle(_ snapshot: Snapshot) {
        isSnapshotDue = false
        if hasDetails {
            snapshotCount += 1
            write(JournalRecord(JournalEntry(snapshot, number: snapshotCount)))
        }
        details.learn(from: snapshot)
        metrics?.apply(snapshot)
        outputLog?.finishAll(except: Set(snapshot.processes.map { $0.name }))
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
