/// A handler that takes stock of all processes.
public protocol SnapshotHandler: Handler {
    /// Handles one snapshot; called as ``Handler`` describes.
    ///
    /// - Parameter snapshot: How all processes stand.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ snapshot: Snapshot) async throws
}
