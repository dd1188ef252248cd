import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit
@testable import listenerd

/// How long a signal that shuts down supervisord is held back.
///
/// A test that waits for an answer although it should not exceeds the time limit of the suite.
@Suite(.timeLimit(.minutes(5))) struct SupervisordQuiescenceTests {
    private static let longTimeout = Duration.seconds(600)

    /// Starts a program in place of supervisord, at an address at which nothing answers, and waits for it.
    ///
    /// - Returns: How long that took.
    private func duration(of program: [String], wasReady: Bool, answerTimeout: Duration) async throws -> Duration {
        try await withDedicatedThread {
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
            let quiescence = SupervisordQuiescence(Supervisor(endpoint: endpoint), answerTimeout: answerTimeout)
            let start = ContinuousClock.now
            quiescence.wait(for: process, wasReady: wasReady)
            return start.duration(to: .now)
        }
    }

    @Test func exitedSupervisordIsNotAwaited() async throws {
        _ = try await duration(of: ["true"], wasReady: true, answerTimeout: Self.longTimeout)
    }

    @Test func startingSupervisordIsNotAwaited() async throws {
        _ = try await duration(of: ["sleep", "600"], wasReady: false, answerTimeout: Self.longTimeout)
    }

    @Test func silentSupervisordIsAwaitedUntilTheTimeout() async throws {
        let timeout = Duration.milliseconds(100)
        #expect(try await duration(of: ["sleep", "600"], wasReady: true, answerTimeout: timeout) >= timeout)
    }
}
