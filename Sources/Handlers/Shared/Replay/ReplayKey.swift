/// The keys of the entries from which a run is replayed.
enum ReplayKey {
    /// The name of the handler.
    static let handler = "handler"
    /// The pid of the listener.
    static let pid = "pid"
    /// When it was, in seconds since the first entry of the handler.
    static let time = "at"
    /// The events since the last entry: the serial of each, or null for a routine alarm, then its time.
    static let events = "events"
    /// What the handler was given.
    static let kind = "kind"
    /// What the handler has decided.
    static let decisions = "decisions"
    /// The kind of the input that is an alarm.
    static let alarm = "alarm"
    /// The kind of the input that is a snapshot.
    static let snapshot = "snapshot"
    /// The number of a snapshot, counted from 1 in the life of the listener.
    static let number = "number"
    /// When supervisord was asked for a snapshot.
    static let asked = "asked"
}
