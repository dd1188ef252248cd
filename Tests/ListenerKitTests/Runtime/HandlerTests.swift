import ListenerKit
import ListenerTesting
import Testing

@Suite struct HandlerTests {
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    @Test func aHandlerThatThrowsIsReportedOnceACauseAndGoesOn() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal { note in
            throw Failure(description: note.hasPrefix("a") ? "the mail server is gone" : "the disk is full")
        }
        let listener = try supervisor.listen((EventProbe.self, journal))
        for type in ["a", "a", "b", "a", "b"] {
            supervisor.communicate(type: type, "x")
        }
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.count == 5)
        #expect(
            listener.messages == [
                "listener: error: --events: the mail server is gone", "listener: error: --events: the disk is full",
            ]
        )
        #expect(listener.rejected.isEmpty)
    }

    @Test func anEventThatAHandlerHasBegunIsNotHandledOnceMore() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((PromptProbe.self, journal))
        for (number, type) in ["done", "unfinished", "other", "done", "unfinished"].enumerated() {
            supervisor.communicate(type: type, "\(number)")
        }
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["the rest of 1", "other 2", "the rest of 4"])
    }

    @Test func aHandlerThatCannotBeMadeEndsTheListenerBeforeItIsReady() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen(
            with: [EventProbe.self, Unmakable.self],
            arguments: ["--events", "--events-journal=\(journal.key)", "--unmakable"]
        )
        supervisor.communicate(type: "a", "1")
        #expect(try await listener.waitForEnd() == .usage)
        #expect(listener.output.isEmpty)
        #expect(
            listener.messages == [
                "listener: Error: Unknown option 'x'", "  See 'listener --help' for more information.",
            ]
        )
        #expect(journal.notes.isEmpty)
    }

    @Test func anOptionThatIsReadAndNotDeclaredEndsTheListenerBeforeItIsReady() async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen(with: [Forgetful.self], arguments: ["--forgetful"])
        #expect(try await listener.waitForEnd() == .usage)
        #expect(listener.output.isEmpty)
        let words = "listener: Error: The option '--forgetful-limit <n>' is read, but its handler does not declare it"
        #expect(listener.messages.first?.hasPrefix(words) == true)
    }

    @Test func aRequiredOptionThatIsNotDeclaredIsAnErrorWhereItIsRead() throws {
        let test = try TestContext(for: Forgetful.self)
        #expect(throws: UsageError.undeclaredOption(option: "--forgetful-to <address>")) {
            try test.context[Forgetful.to]
        }
    }

    @Test func theListenersOwnProcessIsMarked() async throws {
        let supervisor = try FakeSupervisor("web")
        let journal = Journal()
        let configuration = """
            [eventlistener:other]
            command=other
            [eventlistener:listener]
            command=listener
            """
        let listener = try supervisor.listen(
            with: [OwnProcessProbe.self],
            arguments: ["--own", "--own-journal=\(journal.key)"],
            configuration: configuration
        )
        try await listener.waitUntilReady()
        try await journal.notes("snapshot")
        #expect(journal.notes == ["listener", "snapshot [listener]"])
        let context = try #require(journal.probeContext)
        #expect(try context.configuration().eventListeners.filter { $0.isThisListener }.map { $0.name } == ["listener"])
        let reread = try context.rereadConfiguration()
        #expect(reread.eventListeners.map { $0.isThisListener } == [false, true])
    }

    @Test func handlersReceiveOnlyWhatTheyConformTo() async throws {
        let supervisor = try FakeSupervisor("web")
        let one = Journal()
        let other = Journal()
        let listener = try supervisor.listen(
            with: [StateProbe.self, EventProbe.self],
            arguments: ["--states", "--states-journal=\(one.key)", "--events", "--events-journal=\(other.key)"],
            events: [.processState, .tick]
        )
        supervisor.autostart()
        supervisor.advance(by: .seconds(5))
        try await listener.waitForAcknowledgements()
        #expect(one.notes == ["listener STARTING", "listener RUNNING", "web STARTING", "web RUNNING"])
        #expect(other.notes.filter { !$0.hasPrefix("TICK") } == one.notes)
        #expect(other.notes.contains("TICK_5"))
    }

    @Test func alarmsComeWhenTheyAreSetAndNotWhenTheyAreTakenBack() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((AlarmProbe.self, journal))
        try await listener.waitUntilReady()
        let context = try #require(journal.probeContext)
        context.setAlarm(after: .seconds(3600))
        context.setAlarm(at: context.now)
        try await journal.notes("alarm")
        context.setAlarm(after: .milliseconds(200))
        context.setAlarm(at: nil)
        context.setAlarm(after: .seconds(-1))
        try await journal.notes("alarm", times: 2)
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["alarm", "alarm", "a 1"])
    }

    @Test func anAlarmThatWaitsInTheMailboxCanStillBeTakenBack() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { note in if note == "a 1" { await gate.pass() } }
        let listener = try supervisor.listen((AlarmProbe.self, journal), arguments: ["--acknowledge-within=0.02"])
        supervisor.communicate(type: "a", "1")
        try await journal.notes(1)
        let context = try #require(journal.probeContext)
        context.setAlarm(at: context.now)
        // The alarm goes off before the second event is given.
        supervisor.communicate(type: "a", "2")
        try await listener.waitForAcknowledgements(2)
        context.setAlarm(at: nil)
        gate.open()
        supervisor.communicate(type: "a", "3")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["a 1", "a 2", "a 3"])
    }

    @Test(arguments: [1 as Int32, 12])
    func rotationSignalsReachHandlersThatWantThem(signal: Int32) async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let other = Journal()
        let listener = try supervisor.listen((AlarmProbe.self, journal), (EventProbe.self, other))
        try await listener.waitUntilReady()
        listener.send(Signal(rawValue: signal))
        try await journal.notes("rotation")
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["rotation", "a 1"])
        #expect(other.notes == ["a 1"])
    }
}

private struct StateProbe: Probe, ProcessStateHandler {
    static let name = "states"
    let journal: Journal

    init(_ context: Context) throws {
        journal = try Journal.named(context[Self.journalOption])
    }

    func handle(_ event: ProcessStateEvent) async throws {
        try await take(.processState(event))
    }
}

/// A handler that does not declare its options.
private struct Forgetful: Handler {
    static let name = "forgetful"
    static let summary = "does not declare its options"
    static let limit = Option<Int>("limit", "n", help: "how many", default: 3)
    static let to = RequiredOption<String>("to", "address", help: "where to")
    let limit: Int

    init(_ context: Context) {
        limit = context[Self.limit]
    }
}

/// A handler that notes which process is its own.
private struct OwnProcessProbe: Probe, SnapshotHandler {
    static let name = "own"
    let journal: Journal
    let context: Context

    init(_ context: Context) throws {
        self.context = context
        journal = try Journal.named(context[Self.journalOption])
        journal.begin(context)
    }

    func handle(_ snapshot: Snapshot) async throws {
        try await journal.take("\(context.processName.map { "\($0)" } ?? "unknown")")
        try await journal.take("snapshot \(snapshot.processes.filter { $0.isThisListener }.map { $0.name })")
    }
}

/// A handler that cannot be made.
private struct Unmakable: Handler {
    static let name = "unmakable"
    static let summary = "cannot be made"
    static var events: [EventKind] { [.event] }

    init(_ context: Context) throws {
        throw UsageError.unknownOption(name: "x", suggestion: nil)
    }
}
