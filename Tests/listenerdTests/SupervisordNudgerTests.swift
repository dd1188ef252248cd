import ExecutableTesting
import ListenerKit
import ListenerTesting
import Testing

@testable import listenerd

/// What is found out about supervisord while it is woken.
@Suite struct SupervisordNudgerTests {
    private func makeReady(_ supervisor: Supervisor) async -> SupervisordNudger {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let waker = SupervisordNudger(supervisor, patienceWithSilence: .seconds(600)) { signal.yield() }
        waker.wake()
        for await _ in signals {
            break
        }
        return waker
    }

    @Test func supervisordThatAnswersIsRunning() async throws {
        let supervisor = try FakeSupervisor()
        let waker = await makeReady(Supervisor(endpoint: supervisor.endpoint))
        #expect(waker.isReady)
        #expect(waker.runningSince != nil)
    }

    /// Whether it is stopping is known to those alone whom it lets in.
    @Test func supervisordThatAsksForAPasswordIsOnlyKnownToExist() async throws {
        let supervisor = try FakeSupervisor()
        supervisor.disturb(.httpStatus(401))
        let waker = await makeReady(Supervisor(endpoint: supervisor.endpoint))
        #expect(waker.isReady)
        #expect(waker.runningSince == nil)
    }

    @Test(arguments: [Duration.zero, .milliseconds(50)])
    func unreachableSupervisordIsGivenUp(waitTimeout: Duration) async throws {
        let supervisor = try FakeSupervisor()
        supervisor.stopAnswering()
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let waker = SupervisordNudger(Supervisor(endpoint: supervisor.endpoint), patienceWithSilence: waitTimeout) {
            signal.finish()
        }
        waker.wake()
        try await wait(for: "its being given up") { waker.isReady }
        for await _ in signals {}
        #expect(waker.runningSince == nil)
    }
}
