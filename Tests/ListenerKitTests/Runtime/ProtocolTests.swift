import ListenerKit
import ListenerTesting
import Testing

@Suite struct ProtocolTests {
    @Test func readyAndResultsAreTheWholeOutput() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        try await listener.waitUntilReady()
        #expect(listener.output == "READY\n")
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        #expect(listener.output == "READY\nRESULT 2\nOKREADY\n")
        supervisor.communicate(type: "b", "2")
        supervisor.communicate(type: "c", "3")
        try await listener.waitForAcknowledgements()
        #expect(listener.output == "READY\n" + String(repeating: "RESULT 2\nOKREADY\n", count: 3))
        #expect(journal.notes == ["a 1", "b 2", "c 3"])
        #expect(listener.messages.isEmpty)
    }

    @Test func eventsThatNoHandlerWantsAreAcknowledged() async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen(with: [Idle.self], arguments: ["--idle"], events: [.event])
        supervisor.emit(.tick5, "when:5")
        supervisor.emit(named: "None", "whatever")
        try await listener.waitForAcknowledgements(2)
        #expect(listener.rejected.isEmpty)
    }

    @Test func lengthsCountCharactersOfAnySize() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        supervisor.communicate(type: "née", "é€😀e\u{301}")
        supervisor.communicate(type: "after", "")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["née é€😀e\u{301}", "after "])
    }

    @Test func payloadsLargerThanAnyPipeArrive() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        let data = String(repeating: "long é ", count: 100_000)
        supervisor.communicate(type: "a", data)
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["a \(data)"])
    }

    @Test func unknownEventsAndOddPayloadsAreGivenAsTheyAre() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal), events: [.event])
        supervisor.emit(named: "PLUGIN_EVENT", "a b c")
        supervisor.emit(.processStateRunning, "nothing known")
        supervisor.emit(.processStateRunning, "nothing known")
        try await listener.waitForAcknowledgements(5)
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.contains("other PLUGIN_EVENT a b c"))
        #expect(journal.notes.count { $0 == "other PROCESS_STATE_RUNNING nothing known" } == 2)
        #expect(listener.messages.count == 1)
        #expect(listener.messages.first?.contains("cannot read the payload of a PROCESS_STATE_RUNNING event") == true)
    }

    @Test func strayLinesArePassedOverAndSaidOnce() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        try await listener.waitUntilReady()
        listener.write("somebody wrote this\nand that\n")
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["a 1"])
        #expect(listener.messages.count == 1)
        #expect(listener.messages.first?.contains("'somebody wrote this'") == true)
    }

    @Test(arguments: [
        "ver:3.0 server:s serial:1 pool:p poolserial:1 eventname:TICK_5\n",
        "ver:3.0 server:s serial:1 pool:p poolserial:1 eventname:TICK_5 len:many\n",
        "ver:3.0 server:s serial:1 pool:p poolserial:1 eventname:TICK_5 len:-1\n",
        String(repeating: "x", count: 70_000),
    ])
    func damagedHeadersEndTheListener(header: String) async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen((EventProbe.self, Journal()))
        try await listener.waitUntilReady()
        listener.write(header)
        #expect(try await listener.waitForEnd() == .configuration)
        #expect(listener.messages.count == 1)
    }

    @Test func overlappingSubscriptionsAreHandledOnceAndAcknowledgedEachTime() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen(
            (EventProbe.self, journal),
            events: [.remoteCommunication, .event, .tick, .tick5]
        )
        supervisor.communicate(type: "a", "1")
        supervisor.emit(.tick5, "when:5")
        supervisor.communicate(type: "b", "2")
        // Twice and thrice; and the start of the listener itself, which only EVENT includes.
        try await listener.waitForAcknowledgements(9)
        try await listener.waitForAcknowledgements()
        #expect(listener.acknowledged.count == 9)
        #expect(journal.notes == ["listener STARTING", "listener RUNNING", "a 1", "TICK_5", "b 2"])
        #expect(listener.messages.isEmpty)
    }

    @Test func eventsLeftByAnotherListenerAreRedeliveredWithTheirSerials() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let first = try supervisor.listen((EventProbe.self, Journal { _ in await gate.pass() }), arguments: slow)
        supervisor.communicate(type: "a", "1")
        try await first.waitForEvents(1)
        first.send(signal: 15)
        first.send(signal: 15)
        try await first.waitForEnd()
        let journal = Journal()
        let second = try supervisor.listen((EventProbe.self, journal))
        try await second.waitForAcknowledgements()
        #expect(first.acknowledged.isEmpty)
        #expect(second.acknowledged == first.given)
        #expect(journal.notes == ["a 1"])
        gate.open()
    }
}

/// Acknowledges only what is handled.
let slow = ["--acknowledge-within=1000"]

/// A handler of nothing.
private struct Idle: Handler {
    static let name = "idle"
    static let summary = "does nothing"
    static var events: [EventKind] { [] }

    init(_ context: Context) {}
}
