/// The expanded value of a key, with its location.
public struct ConfigurationValue: Hashable, Sendable {
    /// The expanded value.
    public let text: String
    /// The location of the key.
    public let location: ConfigurationLocation

    /// Describes a value.
    ///
    /// - Parameters:
    ///   - text: The expanded value.
    ///   - location: The location of the key.
    public init(_ text: String, at location: ConfigurationLocation) {
        self.text = text
        self.location = location
    }
}
