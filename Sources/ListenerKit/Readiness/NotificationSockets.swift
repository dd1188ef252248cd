/// Receives notifications.
final class NotificationSockets: Sendable {
    private let inbox: ReadinessInbox
    private let thread: PollThread

    init(_ inbox: ReadinessInbox, _ thread: PollThread) {
        self.inbox = inbox
        self.thread = thread
    }

    func receive(at address: String) {}

    func receiveShared() -> Bool { false }
}
