/// The value of a key, as supervisord would read it, with where it stands.
public struct ConfigurationValue: Hashable, Sendable {
    /// The value, expanded.
    public let text: String
    /// Where its key stands.
    public let location: ConfigurationLocation

    /// Describes a value.
    ///
    /// - Parameters:
    ///   - text: The value, expanded.
    ///   - location: Where its key stands.
    public init(_ text: String, at location: ConfigurationLocation) {
        self.text = text
        self.location = location
    }
}
