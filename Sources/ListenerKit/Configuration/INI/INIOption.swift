/// One `key = value` of a file, with where it stands.
struct INIOption: Equatable, Sendable {
    /// The key, in lower case.
    let key: String
    /// The value as written: comments gone, continuation lines joined by newlines, nothing expanded.
    var text: String
    /// Where the key stands.
    let location: ConfigurationLocation
}
