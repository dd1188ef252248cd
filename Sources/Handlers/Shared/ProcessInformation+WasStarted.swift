package import ListenerKit

extension ProcessInformation {
    /// Whether it was started since supervisord has known it.
    package var wasStarted: Bool {
        startTime != nil || state != .stopped
    }
}
