extension EventKind {
    /// Returns the event that an unknown name was probably meant to be.
    ///
    /// - Parameter name: The name, in upper case.
    /// - Returns: The event with the most similar name; nil if there is none.
    package static func nearest(to name: String) -> EventKind? {
        Suggestion.nearest(to: name, among: allCases.map { $0.rawValue }).flatMap { EventKind(rawValue: $0) }
    }
}
