import ListenerKit
import ListenerTesting

/// A handler that notes what it is told.
protocol Probe: Handler {
    var journal: Journal { get }
    static var journalOption: Option<String?> { get }
}

extension Probe {
    static var summary: String { "notes what it is told" }
    static var options: [any OptionDeclaration] { [journalOption] }
    static var events: [EventKind] { [.event] }
    static var journalOption: Option<String?> { Option("journal", "key", help: "where to") }

    /// What is noted of an event.
    static func note(_ event: Event) -> String {
        switch event {
        case .processState(let event): "\(event.process) \(event.state)"
        case .remoteCommunication(let event): "\(event.type) \(event.data)"
        case .other(let event): "other \(event.header.name) \(event.payload)"
        default: event.header.name
        }
    }

    func take(_ event: Event) async throws {
        try await journal.take(Self.note(event))
    }
}

struct EventProbe: Probe, EventHandler {
    static let name = "events"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func handle(_ event: Event) async throws {
        try await take(event)
    }
}

struct OtherProbe: Probe, EventHandler {
    static let name = "others"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func handle(_ event: Event) async throws {
        try await take(event)
    }
}

/// A probe that handles events of one type at once, only begins those of another, and leaves the rest to its method.
final class PromptProbe: Probe, EventHandler, PromptHandler {
    static let name = "prompts"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func begin(_ event: Event) -> Beginning {
        guard case .remoteCommunication(let message) = event else {
            return .notBegun
        }
        return switch message.type {
        case "done": .done
        case "unfinished": .unfinished { [journal] in try? await journal.take("the rest of \(message.data)") }
        default: .notBegun
        }
    }

    func handle(_ event: Event) async throws {
        try await take(event)
    }
}

/// A probe that can do nothing without supervisord's answers.
struct DependentProbe: Probe, SnapshotHandler, SupervisorDependent {
    static let name = "dependents"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func handle(_ snapshot: Snapshot) async throws {
        try await journal.take("snapshot")
    }
}

struct SnapshotProbe: Probe, EventHandler, SnapshotHandler {
    static let name = "snapshots"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func handle(_ event: Event) async throws {
        try await take(event)
    }

    func handle(_ snapshot: Snapshot) async throws {
        let programs = snapshot.processes.filter { $0.name.group != "listener" }
        let states = programs.map { "\($0.name)=\($0.state)" }.joined(separator: " ")
        try await journal.take("snapshot \(snapshot.reason) \(states)")
    }
}

struct AlarmProbe: Probe, EventHandler, AlarmHandler, RotationHandler {
    static let name = "alarms"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func handle(_ event: Event) async throws {
        try await take(event)
    }

    func handle(_ event: AlarmEvent) async throws {
        try await journal.take("alarm")
    }

    func handle(_ event: RotationEvent) async throws {
        try await journal.take("rotation")
    }
}

extension FakeSupervisor {
    /// Runs a listener with probes that write into journals.
    func listen(
        _ probes: (any Probe.Type, Journal)...,
        arguments: [String] = [],
        events: [EventKind] = [.remoteCommunication],
        callTimeout: Duration = .seconds(10),
        drainTimeout: Duration = .seconds(5)
    ) throws -> SupervisedListener {
        let selection = probes.flatMap { probe, journal in
            ["--\(probe.name)", "--\(probe.name)-journal=\(journal.key)"]
        }
        return try listen(
            with: probes.map { $0.0 },
            arguments: selection + arguments,
            events: events,
            callTimeout: callTimeout,
            drainTimeout: drainTimeout
        )
    }
}
