/// A handler of the output of programs.
public protocol ProcessLogHandler: Handler {
    /// Handles one piece of output; called as ``Handler`` describes.
    ///
    /// - Parameter event: The piece.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: ProcessLogEvent) async throws
}
