/// What supervisord thinks of a listener.
public enum ListenerState: String, Sendable {
    /// It has not yet said READY, at first or after an event.
    case acknowledged = "ACKNOWLEDGED"
    /// It has said READY, and can be given an event.
    case ready = "READY"
    /// It has been given an event, and has not yet answered.
    case busy = "BUSY"
    /// It has written what nobody expected; supervisord gives it no more events.
    case unknown = "UNKNOWN"
}
