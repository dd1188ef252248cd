/// Log files have been rotated: a handler that writes to one must open it again.
///
/// The listener makes this event when it gets SIGHUP or SIGUSR2, which programs that rotate logs send.
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
