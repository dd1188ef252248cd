import Handlers
import ListenerKit

/// What a log has of one life of a listener, as far as a replay needs it.
struct RecordedLife {
    /// What one handler has recorded.
    struct Record {
        /// The details of its first entry.
        let beginning: JSONValue
        /// The details of the others, in their order.
        var entries: [JSONValue] = []
    }

    /// When it began.
    let beginning: Timestamp
    /// The pid of the listener.
    let pid: Int?
    /// The records, by the names of their handlers.
    private(set) var records: [String: Record] = [:]
    /// The events that supervisord sent, by their serials.
    private(set) var events: [Int: Event] = [:]
    /// The snapshots, by their numbers.
    private(set) var snapshots: [Int: RecordedSnapshot] = [:]

    /// Begins with the first entry of a handler.
    init(_ line: LoggedLine, _ handler: String, _ details: JSONValue) {
        beginning = line.time
        pid = details["pid"]?.integer
        records[handler] = Record(beginning: details)
    }

    /// Adds the first entry of another handler.
    ///
    /// - Returns: Whether it belongs to this life: no handler begins twice.
    mutating func add(_ details: JSONValue, ofNewHandler handler: String) -> Bool {
        guard records[handler] == nil, details["pid"]?.integer == pid else {
            return false
        }
        records[handler] = Record(beginning: details)
        return true
    }

    /// Adds a later entry of a handler.
    mutating func add(_ details: JSONValue, of handler: String) {
        records[handler]?.entries.append(details)
    }

    /// Adds an event.
    mutating func add(_ event: Event) {
        events[event.header.serial] = event
    }

    /// Adds a snapshot.
    mutating func add(_ snapshot: RecordedSnapshot) {
        snapshots[snapshot.number] = snapshot
    }
}
