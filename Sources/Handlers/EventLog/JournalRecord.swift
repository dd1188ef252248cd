import ListenerKit

/// What a handler has learned or decided, as a line of the log.
struct JournalRecord: LineRecord {
    private let entry: JournalEntry

    init(_ entry: JournalEntry) {
        self.entry = entry
    }

    /// When it was recorded.
    var time: Timestamp { entry.time }
    /// The level by which collectors drop what only serves to replay a run.
    var level: LogLevel { entry.kind.isDetail ? .debug : .info }
    /// What the handler says about it.
    var details: [UInt8] { entry.details }

    func forEachField(_ body: (StaticString, LogRecord.Value) -> Void) {
        body("event", .text(entry.kind.rawValue))
        if let process = entry.process {
            body("process", .text(process.process))
            body("group", .text(process.group))
        }
        if let seconds = entry.seconds {
            body("uptime", .seconds(seconds))
        }
    }

    func appendMessage(to line: inout [UInt8]) -> Bool {
        guard let message = entry.message else {
            return false
        }
        line.append(text: message)
        return true
    }
}
