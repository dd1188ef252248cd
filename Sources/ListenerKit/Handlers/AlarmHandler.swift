/// A handler that is called at times of its own choice.
public protocol AlarmHandler: Handler {
    /// Handles one alarm; called as ``Handler`` describes.
    ///
    /// - Parameter event: The alarm.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: AlarmEvent) async throws
}
