import Synchronization

@testable import ListenerKit

/// Keeps what has come in an inbox.
final class NewsRecord: Sendable {
    private let all = Mutex<[ReadinessNews]>([])
    private let inbox = Mutex<ReadinessInbox?>(nil)
    private let arrivals = Semaphore()

    /// Everything so far, in its order.
    var news: [ReadinessNews] {
        if let more = inbox.withLock({ $0?.removeAll() }) {
            all.withLock { $0 += more }
        }
        return all.withLock { $0 }
    }

    /// The outcomes of attempts so far.
    var outcomes: [Int: ProbeOutcome] {
        var outcomes: [Int: ProbeOutcome] = [:]
        for case .finished(let attempt, let outcome) in news {
            outcomes[attempt] = outcome
        }
        return outcomes
    }

    /// Reads from an inbox.
    func read(from inbox: ReadinessInbox) {
        self.inbox.withLock { $0 = inbox }
    }

    /// Is called when there are news.
    func hasArrived() {
        arrivals.signal()
    }

    /// Blocks this thread until so many outcomes have come.
    func waitBlocking(forOutcomes count: Int) {
        while outcomes.count < count {
            arrivals.wait()
        }
    }
}
