/// What is still to be written to a listener: an event, or bytes that are none.
struct OutgoingBytes: Sendable {
    /// What is left of it.
    var bytes: [UInt8]
    /// The event's number in the whole supervisord; `nil` for bytes that are no event.
    let serial: Int?
}
