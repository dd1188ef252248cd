/// A handler that writes files that are rotated.
public protocol RotationHandler: Handler {
    /// Opens files again; called as ``Handler`` describes.
    ///
    /// - Parameter event: The rotation.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: RotationEvent) async throws
}
