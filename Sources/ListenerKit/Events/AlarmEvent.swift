/// The moment has come for which a handler set its ``Context/setAlarm(at:)``.
public struct AlarmEvent: Hashable, Sendable {
    /// When the alarm went off.
    public let time: ContinuousClock.Instant

    /// Describes an alarm.
    ///
    /// - Parameter time: When it went off.
    public init(time: ContinuousClock.Instant) {
        self.time = time
    }
}

/// A handler that wants to be called at moments of its own choice.
public protocol AlarmHandler: Handler {
    /// Handles one alarm; called as ``Handler`` describes.
    ///
    /// - Parameter event: The alarm.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: AlarmEvent) async throws
}
