extension EventKind {
    /// Returns the event that was probably meant by a name that is none.
    ///
    /// - Parameter name: The name, in upper case.
    /// - Returns: The event whose name is spelt much like it; nil if there is none.
    package static func nearest(to name: String) -> EventKind? {
        Suggestion.nearest(to: name, among: allCases.map { $0.rawValue }).flatMap { EventKind(rawValue: $0) }
    }
}
