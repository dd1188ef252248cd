/// A handler of the text that programs write between supervisord's tags.
public protocol ProcessCommunicationHandler: Handler {
    /// Handles one text; called as ``Handler`` describes.
    ///
    /// - Parameter event: The text.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: ProcessCommunicationEvent) async throws
}
