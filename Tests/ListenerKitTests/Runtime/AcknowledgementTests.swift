import ListenerKit
import ListenerTesting
import Testing

@Suite struct AcknowledgementTests {
    @Test func anEventIsAcknowledgedWhenTheLastHandlerIsDone() async throws {
        let supervisor = try FakeSupervisor()
        let gates = (one: Gate(), other: Gate())
        let journals = (one: Journal { _ in await gates.one.pass() }, other: Journal { _ in await gates.other.pass() })
        let listener = try supervisor.listen(
            (EventProbe.self, journals.one),
            (OtherProbe.self, journals.other),
            arguments: slow
        )
        supervisor.communicate(type: "a", "1")
        try await journals.one.notes("a 1")
        try await journals.other.notes("a 1")
        #expect(listener.state == .busy)
        gates.other.open()
        // Whatever the first gate let through would have come before this.
        listener.send(signal: 1)
        #expect(listener.acknowledged.isEmpty)
        gates.one.open()
        try await listener.acknowledgedAll()
        #expect(listener.acknowledged.count == 1)
    }

    @Test func anEventIsAcknowledgedInTimeWhileAHandlerAwaits() async throws {
        try await othersGoOn { gate in await gate.pass() }
    }

    @Test func anEventIsAcknowledgedInTimeWhileAHandlerBlocksItsThread() async throws {
        try await othersGoOn { gate in gate.passBlocking() }
    }

    @Test func anEventIsAcknowledgedInTimeWhileAHandlerNeverStopsYielding() async throws {
        try await othersGoOn { gate in
            while !gate.isOpen {
                await Task.yield()
            }
        }
    }

    private func othersGoOn(_ wait: @escaping @Sendable (Gate) async -> Void) async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let stuck = Journal { _ in await wait(gate) }
        let other = Journal()
        let listener = try supervisor.listen(
            (EventProbe.self, stuck),
            (OtherProbe.self, other),
            arguments: ["--acknowledge-within=0.02"]
        )
        for number in 1...20 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.acknowledgedAll()
        try await other.notes(20)
        #expect(stuck.notes == ["a 1"])
        #expect(other.notes == (1...20).map { "a \($0)" })
        gate.open()
        try await stuck.notes(20)
        #expect(stuck.notes == other.notes)
        #expect(listener.messages.isEmpty)
    }

    @Test func manyHandlersMayBlockTheirThreadsOneAfterTheOther() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let blocking = [Journal { _ in gate.passBlocking() }, Journal { _ in gate.passBlocking() }]
        let other = Journal()
        let listener = try supervisor.listen(
            (EventProbe.self, blocking[0]),
            (OtherProbe.self, blocking[1]),
            (AlarmProbe.self, other),
            arguments: ["--acknowledge-within=0.01"]
        )
        for number in 1...5 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.acknowledgedAll()
        try await other.notes(5)
        gate.open()
        try await blocking[0].notes(5)
        try await blocking[1].notes(5)
        let all = (1...5).map { "a \($0)" }
        #expect(blocking.map { $0.notes } + [other.notes] == [all, all, all])
    }

    @Test func handlersThatComeBackFromAnotherThreadAreAcknowledgedToo() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal { _ in try await Task.sleep(for: .microseconds(50)) }
        let other = Journal { _ in await Task.detached {}.value }
        let listener = try supervisor.listen((EventProbe.self, journal), (OtherProbe.self, other), arguments: slow)
        for number in 1...200 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.acknowledgedAll()
        #expect(journal.notes.count == 200)
        #expect(other.notes == journal.notes)
    }
}
