/// The source of readiness that a listener has under supervisord: sockets, files and commands of this machine.
final class SystemReadiness: ReadinessSource {
    private let inbox: ReadinessInbox
    private let attempts: ProbeAttempts
    private let notifications: NotificationSockets
    private let questions: QuestionSocket

    /// Creates a source that does nothing yet.
    ///
    /// - Parameter whenNews: Called on any thread, when there are news and there were none before.
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    init(whenNews: @escaping @Sendable () -> Void) throws(SystemError) {
        let inbox = ReadinessInbox(whenNews: whenNews)
        let thread = try PollThread()
        self.inbox = inbox
        attempts = ProbeAttempts(inbox, thread)
        notifications = NotificationSockets(inbox, thread)
        questions = QuestionSocket(inbox, thread)
    }

    func begin(_ attempt: ProbeAttempt) {
        attempts.begin(attempt)
    }

    func cancel(_ attempt: Int) {
        attempts.cancel(attempt)
    }

    func receiveNotifications(at address: String) {
        notifications.receive(at: address)
    }

    func receiveSharedNotifications() -> Bool {
        notifications.receiveShared()
    }

    func acceptQuestions() {
        questions.open()
    }

    func answer(_ question: Int, _ text: [UInt8]) {
        questions.answer(question, text)
    }

    func removeNews() -> [ReadinessNews] {
        inbox.removeAll()
    }
}

/// Makes the source of readiness that a listener has under supervisord.
package let systemReadiness: ReadinessSourceFactory = { whenNews throws(SystemError) in
    try SystemReadiness(whenNews: whenNews)
}
