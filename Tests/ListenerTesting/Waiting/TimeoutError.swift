/// A test waited for something that did not happen in time.
public struct TimeoutError: Error, Equatable, Sendable {
    /// The condition that the test waited for.
    public let awaited: String
    /// How long it waited.
    public let limit: Duration
    /// A summary of the model at the end.
    public let state: String
}

extension TimeoutError: CustomStringConvertible {
    /// The condition, and the state of the model.
    public var description: String {
        "waited \(limit) in vain until \(awaited); \(state)"
    }
}
