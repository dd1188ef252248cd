import ListenerKit

/// A ``WakeUp`` that several threads share.
final class SharedWakeUp: Sendable {
    private let wakeUp: WakeUp

    /// Creates a wake-up that is not readable yet.
    init() throws(SystemError) {
        wakeUp = try WakeUp.make()
    }

    /// The file descriptor to poll.
    var fileDescriptor: Int32 { wakeUp.fileDescriptor }

    /// Makes it readable.
    func signal() {
        wakeUp.signal()
    }

    /// Makes it unreadable again.
    func clear() {
        wakeUp.clear()
    }
}
