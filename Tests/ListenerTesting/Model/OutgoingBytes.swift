/// Bytes that are still to be written to a listener: an event, or other bytes.
struct OutgoingBytes: Sendable {
    /// The bytes that are left.
    var bytes: [UInt8]
    /// The serial of the event; nil for other bytes.
    let serial: Int?
}
