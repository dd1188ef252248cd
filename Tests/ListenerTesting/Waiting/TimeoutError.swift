/// Something that a test waited for did not happen in time.
public struct TimeoutError: Error, Equatable, Sendable {
    /// What was waited for.
    public let awaited: String
    /// How long.
    public let limit: Duration
    /// How things stood at the end.
    public let state: String
}

extension TimeoutError: CustomStringConvertible {
    /// What was waited for, and how things stood.
    public var description: String {
        "within \(limit) it was not so that \(awaited); \(state)"
    }
}
