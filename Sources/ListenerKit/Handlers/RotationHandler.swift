/// A handler that writes files which somebody rotates.
public protocol RotationHandler: Handler {
    /// Opens files anew; called as ``Handler`` describes.
    ///
    /// - Parameter event: The rotation.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: RotationEvent) async throws
}
