import ListenerKit
import ListenerTesting
import Testing

@Suite struct EndTests {
    /// Ways to end a listener.
    enum Cause: CaseIterable, Sendable {
        case endOfInput, signal

        func happen(to listener: SupervisedListener) {
            switch self {
            case .endOfInput: listener.closeInput()
            case .signal: listener.send(signal: 15)
            }
        }
    }

    @Test(arguments: Cause.allCases)
    func anIdleListenerEndsAtOnce(cause: Cause) async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen((EventProbe.self, Journal()), (OtherProbe.self, Journal()))
        try await listener.waitUntilReady()
        cause.happen(to: listener)
        #expect(try await listener.waitForEnd() == .success)
        #expect(listener.messages.isEmpty)
    }

    @Test(arguments: Cause.allCases)
    func mailboxesAreDrainedBeforeTheEnd(cause: Cause) async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: ["--acknowledge-within=0"])
        for number in 1...20 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.waitForAcknowledgements()
        cause.happen(to: listener)
        gate.open()
        #expect(try await listener.waitForEnd() == .success)
        #expect(journal.notes.count == 20)
        #expect(listener.messages.count == 2, "\(listener.messages)")
        #expect(listener.messages.last?.contains("--events has caught up") == true)
    }

    @Test func supervisordsDeathDoesNotKeepMailFromBeingHandled() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: ["--acknowledge-within=0.02"])
        for number in 1...3 {
            supervisor.communicate(type: "a", "\(number)")
        }
        // What the handler is at is not acknowledged in time, and when it is done nobody is there any more.
        try await listener.waitForEvents(3)
        listener.disconnect()
        gate.open()
        #expect(try await listener.waitForEnd() == .success)
        #expect(journal.notes == ["a 1", "a 2", "a 3"])
    }

    @Test func eventsHandledBeforeTheEndAreAcknowledged() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: slow)
        supervisor.communicate(type: "a", "1")
        try await journal.notes(1)
        listener.stop()
        gate.open()
        #expect(try await listener.waitForEnd() == .success)
        #expect(listener.acknowledged == listener.given)
    }

    @Test func theSecondSignalEndsAtOnce() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: slow)
        supervisor.communicate(type: "a", "1")
        try await journal.notes(1)
        listener.send(signal: 15)
        listener.send(signal: 15)
        #expect(try await listener.waitForEnd() == .success)
        #expect(listener.messages.count == 1)
        #expect(listener.messages[0].hasPrefix("listener: warning: --events is still handling REMOTE_COMMUNICATION "))
        gate.open()
    }

    @Test func idleHandlersAreNotNamedAtTheEnd() async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen((EventProbe.self, Journal()), (OtherProbe.self, Journal()))
        try await listener.waitUntilReady()
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        listener.send(signal: 15)
        listener.send(signal: 15)
        #expect(try await listener.waitForEnd() == .success)
        #expect(listener.messages.isEmpty)
    }

    @Test func busyHandlersAreNamedAtTheEnd() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((AlarmProbe.self, journal))
        try await listener.waitUntilReady()
        listener.send(signal: 1)
        try await journal.notes("rotation")
        listener.send(signal: 15)
        listener.send(signal: 15)
        #expect(try await listener.waitForEnd() == .success)
        #expect(listener.messages == ["listener: warning: --alarms is still at work"])
        gate.open()
    }

    @Test func drainingIsLimitedAndUnhandledEventsAreReported() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let timeout = Duration.milliseconds(300)
        let listener = try supervisor.listen(
            (EventProbe.self, journal),
            arguments: ["--acknowledge-within=0"],
            drainTimeout: timeout
        )
        for number in 1...4 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.waitForAcknowledgements()
        let start = ContinuousClock.now
        listener.closeInput()
        #expect(try await listener.waitForEnd() == .success)
        #expect(start.duration(to: .now) >= timeout)
        let last = try #require(listener.messages.last)
        #expect(last.hasPrefix("listener: warning: --events is still handling REMOTE_COMMUNICATION (serial "))
        #expect(last.hasSuffix("Z, and left 3 events unhandled"))
        gate.open()
    }

    @Test func aMessageThatBreaksOffEndsTheListenerWithAnError() async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen((EventProbe.self, Journal()))
        try await listener.waitUntilReady()
        listener.write("ver:3.0 server:s serial:1 pool:p poolserial:1 eventname:TICK_5 len:10\nwhen:")
        listener.closeInput()
        #expect(try await listener.waitForEnd() == .configuration)
        #expect(listener.messages.count == 1)
    }

    @Test func theEndOfSupervisordEndsItsListeners() async throws {
        let supervisor = try FakeSupervisor("web")
        let listener = try supervisor.listen((EventProbe.self, Journal()))
        supervisor.autostart()
        try await listener.waitUntilReady()
        supervisor.shutDown()
        #expect(try await listener.waitForEnd() == .success)
        #expect(supervisor.hasEnded)
        #expect(supervisor.state(of: "web") == .stopped)
    }
}
