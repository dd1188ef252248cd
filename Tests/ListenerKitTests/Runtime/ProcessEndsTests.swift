import ListenerTesting
import Testing

@testable import ListenerKit

/// What is asked about a process that has ended, and how often.
@Suite(.timeLimit(.minutes(5))) struct ProcessEndsTests {
    private static let question = RPCCall("getProcessInfo", "web")

    private static func process(_ name: String) -> ProcessName {
        ProcessName(group: name, process: name)
    }

    /// Has two handlers told about an end, each of which asks about it in its own way.
    private func calls(
        _ first: @escaping @Sendable (Context) async throws -> Void,
        _ second: @escaping @Sendable (Context) async throws -> Void
    ) async throws -> [RPCCall] {
        let supervisor = try FakeSupervisor(FakeProgram("web", autorestart: .never), "other")
        let journals = (
            Asking { note, context in if note == "web EXITED" { try await first(context) } },
            Asking { note, context in if note == "web EXITED" { try await second(context) } }
        )
        let listener = try supervisor.listen(
            (EventProbe.self, journals.0.journal),
            (OtherProbe.self, journals.1.journal),
            events: [.processState]
        )
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("web", status: 3)
        try await journals.0.done("web EXITED")
        try await journals.1.done("web EXITED")
        #expect(listener.messages == [])
        return supervisor.allCalls
    }

    private static func ask(_ name: String) -> @Sendable (Context) async throws -> Void {
        { context in
            let information = try await context.processInfo(of: process(name), within: .seconds(60))
            #expect(information?.name == process(name))
            if name == "web" {
                #expect(information?.exitStatus == 3)
            }
        }
    }

    @Test func handlersShareOneAnswer() async throws {
        #expect(try await calls(Self.ask("web"), Self.ask("web")) == [Self.question])
    }

    @Test func nothingIsAskedIfNobodyWantsToKnow() async throws {
        #expect(try await calls({ _ in }, { _ in }) == [])
    }

    @Test func anotherProcessIsAskedAboutEachTime() async throws {
        let other = RPCCall("getProcessInfo", "other")
        #expect(try await calls(Self.ask("other"), Self.ask("other")) == [other, other])
    }

    @Test func answersBeforeTheShutdownAreKnownAfterIt() async throws {
        let calls = try await calls(
            { context in
                await context.askAboutLatestEnd(within: .seconds(60))
                try await context.supervisor().shutdown()
            },
            Self.ask("web")
        )
        #expect(calls.filter { $0.method != "getState" } == [Self.question, RPCCall("shutdown")])
    }

    @Test func aLaterEndIsAskedAboutAnew() async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", autorestart: .always))
        let asking = Asking { note, context in
            if note == "web EXITED" {
                let information = try await context.processInfo(of: Self.process("web"), within: .seconds(60))
                #expect(information != nil)
            }
        }
        let listener = try supervisor.listen((EventProbe.self, asking.journal), events: [.processState])
        supervisor.autostart()
        for status in 1...3 {
            supervisor.advance(by: .seconds(2))
            try supervisor.exit("web", status: status)
            try await listener.waitForAcknowledgements()
        }
        try await asking.journal.notes("web EXITED", times: 3)
        #expect(supervisor.calls(of: "getProcessInfo").count == 3)
    }
}

/// A journal whose reactions have the context of their probe.
private final class Asking: Sendable {
    let journal: Journal
    /// What has been reacted to.
    private let reactions = Journal()

    init(_ reaction: @escaping @Sendable (String, Context) async throws -> Void) {
        let box = Box()
        journal = Journal { [reactions] note in
            if let context = box.journal?.probeContext {
                try await reaction(note, context)
            }
            try await reactions.take(note)
        }
        box.journal = journal
    }

    /// Waits until the reaction to something has come to its end.
    func done(_ note: String) async throws {
        try await reactions.notes(note)
    }

    /// Set once, before anything is noted.
    private final class Box: @unchecked Sendable {
        weak var journal: Journal?
    }
}
