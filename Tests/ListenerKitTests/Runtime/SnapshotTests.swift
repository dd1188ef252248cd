import ListenerTesting
import Testing

@testable import ListenerKit

@Suite struct SnapshotTests {
    @Test func theFirstSnapshotComesBeforeTheFirstEvent() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.addPool(events: [.remoteCommunication])
        supervisor.communicate(type: "a", "1")
        supervisor.autostart()
        let journal = Journal()
        let other = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal), (EventProbe.self, other))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["snapshot start web=STARTING", "a 1"])
        #expect(other.notes == ["a 1"])
        #expect(supervisor.allCalls == [RPCCall("getAllProcessInfo")])
    }

    @Test func supervisordIsNotAskedIfNoHandlerWantsSnapshots() async throws {
        let supervisor = try FakeSupervisor("web")
        let listener = try supervisor.listen((EventProbe.self, Journal()))
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        #expect(supervisor.allCalls.isEmpty)
    }

    @Test func lostEventsAreReportedAndASnapshotFollows() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.addPool(events: [.remoteCommunication], bufferSize: 3)
        let gate = Gate()
        let journal = Journal { note in if note == "a 1" { await gate.pass() } }
        let listener = try supervisor.listen((SnapshotProbe.self, journal), arguments: slow)
        supervisor.communicate(type: "a", "1")
        try await journal.notes("a 1")
        for number in 2...9 {
            supervisor.communicate(type: "a", "\(number)")
        }
        gate.open()
        try await listener.waitForAcknowledgements()
        try await journal.notes("snapshot lostEvents(count: 5)")
        #expect(supervisor.discarded() == [1, 2, 3, 4, 5])
        #expect(journal.notes.filter { $0.hasPrefix("a") } == ["a 1", "a 7", "a 8", "a 9"])
        #expect(listener.messages.count == 1)
        #expect(listener.messages.first?.contains("5 events were lost") == true)
        #expect(listener.messages.first?.contains("[eventlistener:listener]") == true)
    }

    @Test func aReloadIsFollowedByASnapshot() async throws {
        let supervisor = try FakeSupervisor("web")
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        for number in 1...3 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.waitForAcknowledgements()
        supervisor.resetPool()
        supervisor.communicate(type: "b", "1")
        try await journal.notes("snapshot reload")
        #expect(listener.messages.isEmpty)
    }

    @Test func overflowsAreReportedAndASnapshotFollows() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.addPool(events: [.remoteCommunication], bufferSize: 20_000)
        let gate = Gate()
        let journal = Journal { note in if note == "a 1" { await gate.pass() } }
        let listener = try supervisor.listen((SnapshotProbe.self, journal), arguments: ["--acknowledge-within=0"])
        for number in 1...10_100 {
            supervisor.communicate(type: "a", "\(number)")
        }
        try await listener.waitForAcknowledgements()
        gate.open()
        // All but the one hundred or so for which there was no room.
        try await journal.notes(10_002)
        try await journal.notes("snapshot lostEvents")
        #expect(!journal.notes.contains("a 50"))
        #expect(listener.messages.count { $0.contains("too slow") } == 1)
    }

    @Test func aHandlerMayAskForASnapshot() async throws {
        let supervisor = try FakeSupervisor("web")
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        try await listener.waitUntilReady()
        let context = try #require(journal.probeContext)
        try await journal.notes("snapshot start")
        context.requestSnapshot()
        try await journal.notes("snapshot request web=STOPPED")
        context.requestSnapshot(after: .milliseconds(20))
        supervisor.advance(by: .seconds(1))
        try await journal.notes("snapshot request", times: 2)
    }

    @Test func aRequestForLaterDoesNotHoldUpOneForNow() async throws {
        let supervisor = try FakeSupervisor("web")
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        try await listener.waitUntilReady()
        let context = try #require(journal.probeContext)
        try await journal.notes("snapshot start")
        context.requestSnapshot(after: .seconds(3600))
        context.requestSnapshot()
        try await journal.notes("snapshot request")
    }

    /// What a supervisord may do instead of answering, and what is said about it.
    static let disturbances: [(RPCDisturbance, String)] = [
        (.httpStatus(401), "requires a user name and a password"),
        (.httpStatus(500), "HTTP status 500"),
        (.fault(Fault(.failed, "x")), "FAILED: x"),
        (.rubbish, "cannot read the reply"),
        (.value("nonsense"), "cannot read the reply"),
        (.cutOff, "before its reply"),
        (.hangs, "did not answer"),
    ]

    @Test(arguments: disturbances)
    func aDisturbedSupervisordIsReportedOnceAndASnapshotComesWhenItRecovers(
        disturbance: RPCDisturbance,
        words: String
    ) async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.disturb(disturbance)
        let journal = Journal()
        let listener = try supervisor.listen(
            (SnapshotProbe.self, journal),
            callTimeout: .milliseconds(disturbance == .hangs ? 100 : 10_000)
        )
        supervisor.communicate(type: "a", "1")
        try await listener.waitForMessage(words)
        try await listener.waitForAcknowledgements()
        try await journal.notes("a 1")
        try await supervisor.waitForCall("getAllProcessInfo", times: 3)
        #expect(listener.messages.count == 1)
        supervisor.endDisturbances()
        try await journal.notes("snapshot start web=STOPPED")
        try await listener.waitForMessage("supervisord answers again")
        #expect(listener.messages.count == 2)
    }

    /// Without `[rpcinterface:supervisor]` it refuses every call, for as long as it runs.
    @Test func aSupervisordThatKnowsNoCallsIsReportedOnceAndNotAskedAgain() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.disturb(.fault(Fault(.unknownMethod)))
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        let message = try await listener.waitForMessage("has no [rpcinterface:supervisor]")
        #expect(message.hasPrefix("listener: warning: supervisord at "))
        journal.probeContext?.requestSnapshot()
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        try await journal.notes("a 1")
        #expect(supervisor.calls(of: "getAllProcessInfo").count == 1)
        #expect(listener.messages.count == 1)
    }

    @Test func aHandlerThatNeedsItsAnswersEndsTheListenerThen() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.disturb(.fault(Fault(.unknownMethod)))
        let journal = Journal()
        let listener = try supervisor.listen((DependentProbe.self, journal))
        #expect(try await listener.waitForEnd() == .configuration)
        #expect(listener.messages.count == 1)
        #expect(listener.messages.first?.hasPrefix("listener: error: supervisord at ") == true, "\(listener.messages)")
    }

    @Test func aSupervisordThatRefusesConnectionsIsReportedOnceAndASnapshotComesWhenItRecovers() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.stopAnswering()
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        supervisor.communicate(type: "a", "1")
        try await listener.waitForMessage("is supervisord running?")
        try await listener.waitForAcknowledgements()
        try supervisor.startAnswering()
        try await journal.notes("snapshot start web=STOPPED")
        try await listener.waitForMessage("supervisord answers again")
        #expect(listener.messages.count == 2)
    }

    @Test func aSupervisordThatShutsDownIsNoNews() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.disturb(.fault(Fault(.shutdownState)))
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        supervisor.communicate(type: "a", "1")
        try await supervisor.waitForCall("getAllProcessInfo", times: 2)
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["a 1"])
        #expect(listener.messages.isEmpty)
    }

    @Test(arguments: [
        (Snapshot.Reason.lostEvents(count: 2), Snapshot.Reason.request, Snapshot.Reason.lostEvents(count: 2)),
        (.lostEvents(count: 2), .lostEvents(count: 3), .lostEvents(count: 5)),
        (.request, .lostEvents(count: 3), .lostEvents(count: 3)),
        (.lostEvents(count: 2), .reload, .reload), (.request, .request, .request),
    ])
    func mergedSnapshotsKeepTheMoreImportantReason(
        first: Snapshot.Reason,
        second: Snapshot.Reason,
        joined: Snapshot.Reason
    ) {
        #expect(first.joined(with: second) == joined)
    }

    @Test func withoutAServerEventsComeWithoutSnapshots() async throws {
        let supervisor = try FakeSupervisor(["web"], hasServer: false)
        let journal = Journal()
        let listener = try supervisor.listen((SnapshotProbe.self, journal))
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["a 1"])
        #expect(listener.messages.isEmpty)
    }

    @Test func aHandlerThatBlocksItsThreadHoldsUpNobodysSnapshot() async throws {
        let supervisor = try FakeSupervisor("web")
        let gate = Gate()
        let blocking = Journal { _ in gate.passBlocking() }
        let journal = Journal()
        let listener = try supervisor.listen(
            (EventProbe.self, blocking),
            (SnapshotProbe.self, journal),
            arguments: ["--acknowledge-within=0.01"]
        )
        supervisor.communicate(type: "a", "1")
        try await blocking.notes(1)
        try await listener.waitForAcknowledgements()
        try #require(journal.probeContext).requestSnapshot()
        try await journal.notes("snapshot request")
        gate.open()
    }
}
