/// supervisord itself has started, or is being stopped.
///
/// Do not rely on the latter: a listener that is handling an event is told to end before it gets this one.
public struct SupervisorStateEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// The state that it has entered.
    public let state: State

    /// A state of supervisord.
    public enum State: Hashable, Sendable {
        /// It has started, or has reloaded its configuration; sent seconds later.
        case running
        /// It is being shut down, or stops everything to reload its configuration.
        case stopping
    }

    /// Describes a change.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - state: What it is doing.
    public init(header: EventHeader, state: State) {
        self.header = header
        self.state = state
    }
}
