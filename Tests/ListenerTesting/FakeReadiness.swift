import ListenerKit
import Synchronization

/// A source of readiness whose answers the test gives.
final class FakeReadiness: ReadinessSource {
    private let news = Mutex<[ReadinessNews]>([])
    private let whenNews: @Sendable () -> Void

    init(whenNews: @escaping @Sendable () -> Void) {
        self.whenNews = whenNews
    }

    func begin(_ attempt: ProbeAttempt) {}
    func cancel(_ attempt: Int) {}
    func receiveNotifications(at address: String) {}
    func receiveSharedNotifications() -> Bool { false }
    func acceptQuestions() {}
    func answer(_ question: Int, _ text: [UInt8]) {}

    func removeNews() -> [ReadinessNews] {
        news.withLock { news in
            defer { news = [] }
            return news
        }
    }
}
