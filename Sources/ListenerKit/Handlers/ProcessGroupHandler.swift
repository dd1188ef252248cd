/// A handler of changes of the process groups.
public protocol ProcessGroupHandler: Handler {
    /// Handles one change; called as ``Handler`` describes.
    ///
    /// - Parameter event: The change.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: ProcessGroupEvent) async throws
}
