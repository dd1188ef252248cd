import ListenerKit

/// What a process has said of itself in notifications since it was started; see sd_notify(3).
struct NotificationState: Equatable {
    /// Whether it has said that it is ready, and nothing else since.
    private(set) var isReady = false
    /// `STATUS=`: its own words.
    private(set) var text: String?
    /// Why it is not ready; nil if it has not said anything about that.
    private(set) var problem: String?

    /// Follows a notification; assignments that are not known are ignored.
    ///
    /// - Returns: How long it asks to be waited for from now on; nil if it does not.
    mutating func apply(_ notification: ReceivedNotification) -> Duration? {
        var extended: Duration?
        for assignment in notification.assignments {
            switch (assignment.name, assignment.value) {
            case ("READY", "1"):
                isReady = true
                problem = nil
            case ("RELOADING", "1"):
                isReady = false
                problem = "is reloading"
            case ("STOPPING", "1"):
                isReady = false
                problem = "is stopping"
            case ("STATUS", let words):
                text = words.isEmpty ? nil : words
            case ("ERRNO", let number):
                problem = Int32(number).map { SystemError("", code: $0).reason }
            case ("EXTEND_TIMEOUT_USEC", let number):
                extended = Int(number).map { .microseconds($0) }
            default:
                break
            }
        }
        return extended
    }
}
