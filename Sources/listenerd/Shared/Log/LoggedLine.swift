import ListenerKit

/// A line of a JSON log of listenerd's, with typed values.
struct LoggedLine {
    /// What a line is.
    enum Content {
        /// An event of supervisord's; kinds that decide nothing have no values but their header.
        case event(Event)
        /// What a handler has learned or decided beside events.
        case entry(JournalEntry.Kind)
        /// What listenerd has said for itself.
        case message
        /// A line of a program's output, or of a kind that is not known here.
        case other
    }

    /// When it was written.
    let time: Timestamp
    /// The name of the event: `PROCESS_STATE_RUNNING`, `LISTENERD_READY`.
    let name: String
    /// What it is.
    let content: Content
    /// All that it says.
    let object: JSONValue

    /// Reads a line; nil if it is not one of listenerd's.
    init?(_ object: JSONValue) {
        guard let name = object["event"]?.text, let time = object["time"]?.text.flatMap({ Timestamp(utc: $0) }) else {
            return nil
        }
        self.time = time
        self.name = name
        self.object = object
        if let kind = JournalEntry.Kind(rawValue: name) {
            content = .entry(kind)
        } else if let event = Event(logged: object, name, time) {
            content = .event(event)
        } else {
            content = name == "LISTENERD" ? .message : .other
        }
    }

    /// The process that it is about; nil if it is about none.
    var process: ProcessName? { ProcessName(logged: object) }
    /// The details of an entry.
    var details: JSONValue? { object["details"] }
}

extension ProcessName {
    /// Reads the process of a line, or of an object in the details of one.
    init?(logged object: JSONValue) {
        guard let group = object["group"]?.text, let process = object["process"]?.text else {
            return nil
        }
        self.init(group: group, process: process)
    }
}
