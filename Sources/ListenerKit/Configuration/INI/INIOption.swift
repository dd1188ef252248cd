/// One `key = value` of a file, with where it stands.
package struct INIOption: Equatable, Sendable {
    /// The key, in lower case.
    package let key: String
    /// The value as written: comments gone, continuation lines joined by newlines, nothing expanded.
    package internal(set) var text: String
    /// Where the key stands.
    package let location: ConfigurationLocation
}
