/// Makes attempts.
final class ProbeAttempts: Sendable {
    private let inbox: ReadinessInbox
    private let thread: PollThread

    init(_ inbox: ReadinessInbox, _ thread: PollThread) {
        self.inbox = inbox
        self.thread = thread
    }

    func begin(_ attempt: ProbeAttempt) {}

    func cancel(_ attempt: Int) {}
}
