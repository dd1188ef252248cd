/// A handler that wants to be called at moments of its own choice.
public protocol AlarmHandler: Handler {
    /// Handles one alarm; called as ``Handler`` describes.
    ///
    /// - Parameter event: The alarm.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: AlarmEvent) async throws
}
