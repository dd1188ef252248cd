import Synchronization

/// The news that a source of readiness has for its user.
final class ReadinessInbox: Sendable {
    /// More than this is not kept: a program can send as many notifications as it likes.
    private static let mostNews = 10_000

    private let news = Mutex<[ReadinessNews]>([])
    private let whenNews: @Sendable () -> Void

    /// Creates an empty inbox.
    ///
    /// - Parameter whenNews: Called on any thread, when there are news and there were none before.
    init(whenNews: @escaping @Sendable () -> Void) {
        self.whenNews = whenNews
    }

    /// Adds news.
    func add(_ item: ReadinessNews) {
        let isFirst = news.withLock { news in
            if news.count < Self.mostNews {
                news.append(item)
            }
            return news.count == 1
        }
        if isFirst {
            whenNews()
        }
    }

    /// Removes all news.
    func removeAll() -> [ReadinessNews] {
        news.withLock { news in
            defer { news = [] }
            return news
        }
    }
}
