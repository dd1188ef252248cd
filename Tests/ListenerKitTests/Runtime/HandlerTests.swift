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
        context.setAlarm(at: .now + .seconds(3600))
        context.setAlarm(at: .now)
        try await journal.notes("alarm")
        context.setAlarm(at: .now + .milliseconds(200))
        context.setAlarm(at: nil)
        context.setAlarm(at: .now - .seconds(1))
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
        context.setAlarm(at: .now)
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
        listener.send(signal: signal)
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

/// A handler that cannot be made.
private struct Unmakable: Handler {
    static let name = "unmakable"
    static let summary = "cannot be made"
    static var events: [EventKind] { [.event] }

    init(_ context: Context) throws {
        throw UsageError.unknownOption(name: "x", suggestion: nil)
    }
}
