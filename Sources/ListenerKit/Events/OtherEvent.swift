/// An event of an unknown kind, or with a malformed payload.
public struct OtherEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// The payload, as it was received.
    public let payload: String

    /// Describes an event.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - payload: The payload, as it was received.
    public init(header: EventHeader, payload: String) {
        self.header = header
        self.payload = payload
    }
}
