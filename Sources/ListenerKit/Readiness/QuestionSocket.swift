/// Hears questions from other processes.
final class QuestionSocket: Sendable {
    private let inbox: ReadinessInbox
    private let thread: PollThread

    init(_ inbox: ReadinessInbox, _ thread: PollThread) {
        self.inbox = inbox
        self.thread = thread
    }

    func open() {}

    func answer(_ question: Int, _ text: [UInt8]) {}
}
