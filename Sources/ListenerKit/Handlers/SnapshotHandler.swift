/// A handler of the state of all processes.
public protocol SnapshotHandler: Handler {
    /// Handles one snapshot; called as ``Handler`` describes.
    ///
    /// - Parameter snapshot: The state of all processes.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ snapshot: Snapshot) async throws
}
