/// A handler of messages that clients send through supervisord's RPC interface.
public protocol RemoteCommunicationHandler: Handler {
    /// Handles one message; called as ``Handler`` describes.
    ///
    /// - Parameter event: The message.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: RemoteCommunicationEvent) async throws
}
