import ListenerKit
import Synchronization

@testable import Handlers

/// The log of a simulation, as far as a replay needs it: of each listener that there was, one after the other.
final class StartupRecording: Sendable {
    /// What one listener was given, and has recorded.
    struct Life {
        var entries: [JournalEntry] = []
        var events: [Int: Event] = [:]
        var snapshots: [Int: RecordedSnapshot] = [:]
    }

    private let state = Mutex<[Life]>([])

    /// The listeners that have recorded anything.
    var lives: [Life] { state.withLock { $0.filter { !$0.entries.isEmpty } } }

    /// Begins the record of the next listener.
    ///
    /// - Returns: The journal that it is to write.
    func beginLife() -> Journal {
        let index = state.withLock { lives in
            lives.append(Life())
            return lives.count - 1
        }
        let journal = Journal()
        journal.follow(wantsDetails: true) { [self] entry in
            state.withLock { $0[index].entries.append(entry) }
        }
        return journal
    }

    /// Adds an event that is delivered.
    func add(_ event: Event) {
        state.withLock { $0[$0.count - 1].events[event.header.serial] = event }
    }

    /// Adds a snapshot that is delivered: as a log has it, without its time.
    func add(_ snapshot: Snapshot) {
        state.withLock { lives in
            let number = lives[lives.count - 1].snapshots.count + 1
            let details = JournalEntry(snapshot, number: number).details
            lives[lives.count - 1].snapshots[number] = try? RecordedSnapshot(JSONValue(details[...]))
        }
    }
}

extension StartupRecording.Life {
    /// Replays it.
    func replay() throws -> ReplayRun {
        let details = try entries.filter { $0.kind.isDetail }.map { try JSONValue($0.details[...]) }
        let beginning = details.first ?? .null
        return try ReplayRun(
            of: StartupReplay.self,
            beginning,
            Array(details.dropFirst()),
            events: events,
            snapshots: snapshots
        )
    }
}
