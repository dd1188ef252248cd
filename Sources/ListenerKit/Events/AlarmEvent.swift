/// A handler's alarm has gone off; see ``Context/setAlarm(at:)``.
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
