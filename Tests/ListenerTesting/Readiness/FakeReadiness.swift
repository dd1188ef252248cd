import ListenerKit

/// A source of readiness whose answers the test gives, at once and without sockets.
struct FakeReadiness: ReadinessSource {
    /// Answers an attempt.
    let answer: @Sendable (ProbeAttempt) -> Void
    /// Removes the news that have come.
    let remove: @Sendable () -> [ReadinessNews]

    func begin(_ attempt: ProbeAttempt) {
        answer(attempt)
    }

    func removeNews() -> [ReadinessNews] {
        remove()
    }

    /// As under `supervise`: the test sends notifications, whatever address they would go to.
    func receiveSharedNotifications() -> Bool { true }

    func cancel(_ attempt: Int) {}
    func receiveNotifications(at address: String) {}
    func acceptQuestions() {}
    func answer(_ question: Int, _ text: [UInt8]) {}
}
