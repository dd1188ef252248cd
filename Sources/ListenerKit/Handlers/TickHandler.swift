/// A handler of the passing of time.
public protocol TickHandler: Handler {
    /// Handles one tick; called as ``Handler`` describes.
    ///
    /// - Parameter event: The tick.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: TickEvent) async throws
}
