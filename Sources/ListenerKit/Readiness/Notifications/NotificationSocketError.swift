/// The error that notifications cannot be received at an address.
struct NotificationSocketError: Error, Equatable, CustomStringConvertible {
    /// The address.
    let address: String
    /// Why not.
    let reason: String
    /// What to do.
    let advice: String

    /// One sentence without a full stop.
    var description: String {
        "cannot receive notifications at '\(address)': \(reason); \(advice)"
    }
}
