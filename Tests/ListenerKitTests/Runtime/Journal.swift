import ListenerKit
import ListenerTesting
import Synchronization

/// What probes were told, in order, and what they shall do about it.
final class Journal: Sendable {
    /// What a probe shall do when it is told something; the text is what it notes.
    typealias Reaction = @Sendable (_ note: String) async throws -> Void

    let key: String
    let reaction: Reaction
    private let monitor = Monitor<[String]>([])
    private let context = Mutex<Context?>(nil)

    init(_ reaction: @escaping Reaction = { _ in }) {
        key = Self.journals.withLock { journals in
            journals.count += 1
            return "journal-\(journals.count)"
        }
        self.reaction = reaction
        Self.journals.withLock { $0.all[key] = self }
    }

    /// Finds a journal by what stands on a probe's command line.
    static func named(_ key: String?) throws -> Journal {
        guard let key, let journal = journals.withLock({ $0.all[key] }) else {
            throw UsageError.other("there is no such journal")
        }
        return journal
    }

    /// What the probe that writes here was made with.
    var probeContext: Context? { context.withLock { $0 } }

    func begin(_ context: Context) {
        self.context.withLock { $0 = context }
    }

    var notes: [String] { monitor.withLock { $0 } }

    /// Notes something, and does what is to be done about it.
    func take(_ note: String) async throws {
        monitor.withLock { $0.append(note) }
        try await reaction(note)
    }

    /// Waits until something was noted that contains a text, so many times.
    func notes(_ text: String, times: Int = 1) async throws {
        try await waitFor("'\(text)' is noted \(times) times") { notes in notes.count { $0.contains(text) } >= times }
    }

    /// Waits until so many things were noted.
    func notes(_ count: Int) async throws {
        try await waitFor("\(count) things are noted") { $0.count >= count }
    }

    private func waitFor(_ awaited: String, _ isSatisfied: @escaping @Sendable ([String]) -> Bool) async throws {
        guard await monitor.wait(within: .seconds(180), until: isSatisfied) else {
            throw Missing(awaited: awaited, lastNotes: notes.suffix(20))
        }
    }

    struct Missing: Error {
        let awaited: String
        let lastNotes: [String]
    }

    private struct All {
        var count = 0
        var all: [String: Journal] = [:]
    }

    private static let journals = Mutex(All())
}
