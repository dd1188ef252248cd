/// An event of a kind that is not known here, or whose payload does not read as it should.
public struct OtherEvent: Hashable, Sendable {
    /// What supervisord says about the event.
    public let header: EventHeader
    /// The payload as it came.
    public let payload: String

    /// Describes an event.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - payload: The payload as it came.
    public init(header: EventHeader, payload: String) {
        self.header = header
        self.payload = payload
    }
}
