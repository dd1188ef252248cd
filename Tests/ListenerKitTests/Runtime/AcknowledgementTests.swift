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
        try await listener.waitForAcknowledgements()
        #expect(listener.acknowledged.count == 1)
    }

    /// What handlers may do instead of coming back.
    enum Obstinacy: CaseIterable, Sendable {
        case awaits, blocksItsThread, spins, yields

        func pass(_ gate: Gate) async {
            switch self {
            case .awaits: await gate.pass()
            case .blocksItsThread: gate.passBlocking()
            case .spins: while !gate.isOpen {}
            case .yields:
                while !gate.isOpen {
                    await Task.yield()
                }
            }
        }
    }

    /// Were it more than one deadline, it would be more than all waiting here is limited to.
    @Test(arguments: Obstinacy.allCases)
    func stuckHandlersCostTheOthersOneDeadline(obstinacy: Obstinacy) async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let stuck = Journal { _ in await obstinacy.pass(gate) }
        let other = Journal()
        let listener = try supervisor.listen((EventProbe.self, stuck), (OtherProbe.self, other))
        for number in 1...100 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.waitForAcknowledgements()
        try await other.notes(100)
        #expect(stuck.notes == ["a 1"])
        #expect(other.notes == (1...100).map { "a \($0)" })
        let late = "listener: warning: --events is late: it has been handling REMOTE_COMMUNICATION (serial "
        let consequence =
            "Z, and has held up events for longer than --acknowledge-within allows; "
            + "no event waits for it until it has caught up"
        #expect(listener.messages.count == 1, "\(listener.messages)")
        #expect(listener.messages[0].hasPrefix(late) && listener.messages[0].hasSuffix(consequence))
        gate.open()
        try await stuck.notes(100)
        #expect(stuck.notes == other.notes)
        let end = try await listener.waitForMessage("listener: info: --events has caught up; it was late for ")
        #expect(listener.messages == [listener.messages[0], end])
    }

    @Test func handlersThatCaughtUpAreAwaitedAgain() async throws {
        let supervisor = try FakeSupervisor()
        let gates = ["a": Gate(), "b": Gate()]
        let journal = Journal { note in await gates[String(note.prefix(1))]?.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: ["--acknowledge-within=2"])
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        gates["a"]?.open()
        try await listener.waitForMessage("has caught up;")
        let start = ContinuousClock.now
        supervisor.communicate(type: "b", "2")
        try await journal.notes("b 2")
        // A busy machine may take longer than the limit until this is checked.
        #expect(listener.acknowledged.count == 1 || start.duration(to: .now) >= .seconds(2))
        gates["b"]?.open()
        try await listener.waitForAcknowledgements()
        #expect(listener.acknowledged.count == 2)
    }

    @Test func beingLateAgainAndAgainIsReportedOnce() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal { _ in try await Task.sleep(for: .milliseconds(20)) }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: ["--acknowledge-within=0"])
        let start = ContinuousClock.now
        for number in 1...20 {
            supervisor.communicate(type: "a", "\(number)")
            try await listener.waitForAcknowledgements(number)
            try await journal.notes(number)
        }
        listener.closeInput()
        try await listener.waitForEnd()
        // Once a minute, that is; a busy machine may take longer than one.
        let minutes = Int(start.duration(to: .now) / .seconds(60)) + 1
        #expect(1...minutes ~= listener.messages.count { $0.contains("is late") })
        #expect(1...minutes ~= listener.messages.count { $0.contains("has caught up;") })
        #expect(listener.messages.count <= 2 * minutes)
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
        try await listener.waitForAcknowledgements()
        try await other.notes(5)
        gate.open()
        try await blocking[0].notes(5)
        try await blocking[1].notes(5)
        let all = (1...5).map { "a \($0)" }
        #expect(blocking.map { $0.notes } + [other.notes] == [all, all, all])
    }

    @Test func handlersThatComeBackFromAnotherThreadAreAcknowledgedToo() async throws {
        let supervisor = try FakeSupervisor()
        // Threads of their own: those that tasks share may be busy with other tests.
        let journal = Journal { _ in try await onThread { pause(for: .microseconds(50)) } }
        let other = Journal { _ in try await onThread {} }
        let listener = try supervisor.listen((EventProbe.self, journal), (OtherProbe.self, other), arguments: slow)
        for number in 1...200 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.count == 200)
        #expect(other.notes == journal.notes)
    }
}
