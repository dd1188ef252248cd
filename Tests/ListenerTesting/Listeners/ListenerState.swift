/// The state of a listener, as supervisord records it.
public enum ListenerState: String, Sendable {
    /// It has not written READY yet, at first or after an event.
    case acknowledged = "ACKNOWLEDGED"
    /// It has written READY, and can be given an event.
    case ready = "READY"
    /// It has been given an event, and has not answered yet.
    case busy = "BUSY"
    /// It has broken the protocol, and is given no more events.
    case unknown = "UNKNOWN"
}
