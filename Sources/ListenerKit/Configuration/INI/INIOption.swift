/// A `key = value` of a file, with its location.
package struct INIOption: Equatable, Sendable {
    /// The key, in lower case.
    package let key: String
    /// The value as written, without comments, its lines joined by newlines, not expanded.
    package internal(set) var text: String
    /// The location of the key.
    package let location: ConfigurationLocation
}
