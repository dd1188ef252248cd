import ExecutableTesting
import ListenerKit
import ListenerTesting
import Testing

@testable import listenerd

/// What nudges find out about supervisord.
@Suite struct SupervisordNudgerTests {
    private func makeReady(_ supervisor: Supervisor) async -> SupervisordNudger {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let nudger = SupervisordNudger(supervisor, answerTimeout: .seconds(600)) { signal.yield() }
        nudger.nudge()
        for await _ in signals {
            break
        }
        return nudger
    }

    @Test func supervisordThatAnswersIsRunning() async throws {
        let supervisor = try FakeSupervisor()
        let nudger = await makeReady(Supervisor(endpoint: supervisor.endpoint))
        #expect(nudger.isReady)
        #expect(nudger.runningSince != nil)
    }

    /// It tells only those with the right password whether it is shutting down.
    @Test func supervisordThatAsksForAPasswordIsOnlyKnownToExist() async throws {
        let supervisor = try FakeSupervisor()
        supervisor.disturb(.httpStatus(401))
        let nudger = await makeReady(Supervisor(endpoint: supervisor.endpoint))
        #expect(nudger.isReady)
        #expect(nudger.runningSince == nil)
    }

    @Test(arguments: [Duration.zero, .milliseconds(50)])
    func unreachableSupervisordIsGivenUp(waitTimeout: Duration) async throws {
        let supervisor = try FakeSupervisor()
        supervisor.stopAnswering()
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let nudger = SupervisordNudger(Supervisor(endpoint: supervisor.endpoint), answerTimeout: waitTimeout) {
            signal.finish()
        }
        nudger.nudge()
        try await wait(for: "its being given up") { nudger.isReady }
        for await _ in signals {}
        #expect(nudger.runningSince == nil)
    }
}
