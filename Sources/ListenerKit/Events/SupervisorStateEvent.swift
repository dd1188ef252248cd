/// supervisord itself has started, or begins to stop.
///
/// Nobody may rely on hearing of the latter: a listener that is at work on an event is told to end before it is told this.
public struct SupervisorStateEvent: Hashable, Sendable {
    /// What supervisord says about the event.
    public let header: EventHeader
    /// What it is doing.
    public let state: State

    /// What supervisord says of itself.
    public enum State: Hashable, Sendable {
        /// It has started, or has read its configuration anew; sent seconds after the fact.
        case running
        /// It is stopping, or stopping everything in order to read its configuration anew.
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
