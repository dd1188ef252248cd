/// Somebody has moved log files away: whoever writes to one shall open it anew.
///
/// The listener makes this event of the signals SIGHUP and SIGUSR2, which programs that rotate logs send.
public struct RotationEvent: Hashable, Sendable {
    /// When the signal came.
    public let time: Timestamp

    /// Describes a rotation.
    ///
    /// - Parameter time: When the signal came.
    public init(time: Timestamp) {
        self.time = time
    }
}
