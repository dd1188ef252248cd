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

/// A handler that writes files which somebody rotates.
public protocol RotationHandler: Handler {
    /// Opens files anew; called as ``Handler`` describes.
    ///
    /// - Parameter event: The rotation.
    /// - Throws: Anything; it is reported, and the next event follows.
    func handle(_ event: RotationEvent) async throws
}
