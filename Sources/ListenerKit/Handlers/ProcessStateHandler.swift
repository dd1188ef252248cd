/// A handler of changes of state.
public protocol ProcessStateHandler: Handler {
    /// Handles one change; called as ``Handler`` describes.
    ///
    /// - Parameter event: The change.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: ProcessStateEvent) async throws
}
