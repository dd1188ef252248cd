/// A handler of every event, whatever its kind.
public protocol EventHandler: Handler {
    /// Handles one event; called as ``Handler`` describes, and before the handler's other methods for the same event.
    ///
    /// - Parameter event: The event.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: Event) async throws
}
