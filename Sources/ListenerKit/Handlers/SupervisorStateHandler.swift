/// A handler of changes of supervisord's own state.
public protocol SupervisorStateHandler: Handler {
    /// Handles one change; called as ``Handler`` describes.
    ///
    /// - Parameter event: The change.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: SupervisorStateEvent) async throws
}
