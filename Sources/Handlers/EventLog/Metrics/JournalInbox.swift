import ListenerKit
import Synchronization

/// Keeps what other handlers have learned until this one has time for it.
final class JournalInbox: Sendable {
    private let entries = Mutex<[JournalEntry]>([])

    /// Adds an entry; called on any thread.
    func add(_ entry: JournalEntry) {
        entries.withLock { $0.append(entry) }
    }

    /// Removes all entries, and returns them.
    func drain() -> [JournalEntry] {
        entries.withLock { entries in
            defer { entries = [] }
            return entries
        }
    }
}
