import Foundation
import Testing

@testable import ListenerKit
@testable import listenerd

/// How long an order to end waits for supervisord.
@Suite struct SupervisordQuiescenceTests {
    /// Starts a program in the place of supervisord, at an address at which nothing answers.
    private func duration(of program: [String], wasReady: Bool) throws -> Duration {
        let process = try ChildProcess.spawn(program, mask: SignalMask(set: sigset_t()))
        defer {
            process.send(.kill)
            var status: Int32 = 0
            waitpid(process.pid, &status, 0)
        }
        while program == ["true"], !process.hasEnded {
            usleep(1000)
        }
        let endpoint = try Endpoint("unix:///nowhere/supervisor.sock")
        let start = ContinuousClock.now
        SupervisordQuiescence(Supervisor(endpoint: endpoint)).wait(for: process, wasReady: wasReady)
        return start.duration(to: .now)
    }

    @Test func exitedSupervisordIsNotAwaited() throws {
        #expect(try duration(of: ["true"], wasReady: true) < .seconds(1))
    }

    @Test func startingSupervisordIsNotAwaited() throws {
        #expect(try duration(of: ["sleep", "60"], wasReady: false) < .seconds(1))
    }

    @Test func silentSupervisordIsAwaitedForTwoSeconds() throws {
        #expect(try duration(of: ["sleep", "60"], wasReady: true) >= .seconds(2))
    }
}
