import ListenerTesting
import Testing

@testable import ListenerKit

/// When supervisord is asked whether it stops, and nudged until it has.
@Suite(.timeLimit(.minutes(5))) struct StopNudgesTests {
    private static let getState = RPCCall("getState")

    @Test(arguments: [EventKind.supervisorStateChange, .supervisorStateChangeStopping, .processState])
    func aSupervisordThatStopsIsNudgedAgainAndAgain(events: EventKind) async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", whenStopped: .lingers))
        let journal = Journal()
        _ = try supervisor.listen((EventProbe.self, journal), events: [events])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        #expect(!supervisor.allCalls.contains(Self.getState))
        supervisor.shutDown()
        try await supervisor.waitForCall("getState", times: 5)
    }

    @Test func operatorStopsAreAskedAboutOnce() async throws {
        let supervisor = try FakeSupervisor("web", "worker")
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal), events: [.processState])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.stop("web")
        try await listener.waitForAcknowledgements()
        try await supervisor.waitForCall("getState")
        let count = supervisor.calls(of: "getState").count
        supervisor.communicate(type: "a", "1")
        try await listener.waitForAcknowledgements()
        // One for STOPPING, and one for STOPPED if that came later.
        #expect((1...2).contains(count), "\(supervisor.allCalls)")
        #expect(supervisor.calls(of: "getState").count <= 2)
    }

    @Test func exitsAreNotAskedAbout() async throws {
        let supervisor = try FakeSupervisor("web")
        let listener = try supervisor.listen((EventProbe.self, Journal()), events: [.event])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("web", status: 1)
        try await listener.waitForAcknowledgements()
        #expect(supervisor.allCalls.isEmpty)
    }
}
