import ListenerKit
import ListenerTesting
import Testing

@testable import listenerd

/// What is found out about supervisord while it is woken.
@Suite struct SupervisordWakerTests {
    private func makeReady(_ supervisor: Supervisor, patience: Duration = .seconds(600)) async -> SupervisordWaker {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let waker = SupervisordWaker(supervisor, patienceWithSilence: patience) { signal.yield() }
        waker.wake()
        for await _ in signals {
            break
        }
        return waker
    }

    @Test func oneThatAnswersRuns() async throws {
        let supervisor = try FakeSupervisor()
        let waker = await makeReady(Supervisor(endpoint: supervisor.endpoint))
        #expect(waker.isReady)
        #expect(waker.runningSince != nil)
    }

    /// Whether it is stopping is known to those alone whom it lets in.
    @Test func oneThatAsksForAPasswordIsThereAndNoMore() async throws {
        let supervisor = try FakeSupervisor()
        supervisor.disturb(.httpStatus(401))
        let waker = await makeReady(Supervisor(endpoint: supervisor.endpoint))
        #expect(waker.isReady)
        #expect(waker.runningSince == nil)
    }

    @Test func oneThatCannotBeReachedIsGivenUp() async throws {
        let supervisor = try FakeSupervisor()
        supervisor.stopAnswering()
        let waker = await makeReady(Supervisor(endpoint: supervisor.endpoint), patience: .zero)
        #expect(waker.isReady)
        #expect(waker.runningSince == nil)
    }
}
