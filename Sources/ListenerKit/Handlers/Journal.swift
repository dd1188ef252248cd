import Synchronization

/// Passes on what handlers learn and decide beside supervisord's events, to the handlers that log it or count it.
///
/// All handlers of a listener share one. As long as none follows it, nothing is recorded, and nothing is spent.
package final class Journal: Sendable {
    /// Receives entries, on the thread of the handler that records them, in the order in which each handler records its own.
    package typealias Follower = @Sendable (JournalEntry) -> Void

    private let followers = Mutex<[(wantsDetails: Bool, receive: Follower)]>([])
    /// Whether any handler follows, and whether any of these wants details: read for each event, without a lock.
    private let interest = Atomic<Int>(0)

    /// Creates a journal that is not followed yet.
    package init() {}

    /// Whether facts are worth recording, such as that a process is ready.
    package var isFollowed: Bool { interest.load(ordering: .relaxed) > 0 }

    /// Whether the details are worth recording from which a run can be replayed.
    package var wantsDetails: Bool { interest.load(ordering: .relaxed) > 1 }

    /// Passes entries on to a follower from now on.
    ///
    /// - Parameters:
    ///   - wantsDetails: Whether it wants all entries; else only facts.
    ///   - receive: Receives them; called on any thread.
    package func follow(wantsDetails: Bool, _ receive: @escaping Follower) {
        followers.withLock { followers in
            followers.append((wantsDetails, receive))
            interest.store(followers.contains { $0.wantsDetails } ? 2 : 1, ordering: .relaxed)
        }
    }

    /// Records an entry.
    package func record(_ entry: JournalEntry) {
        let receivers = followers.withLock { $0 }
        for follower in receivers where follower.wantsDetails || !entry.kind.isDetail {
            follower.receive(entry)
        }
    }
}
