import ListenerKit
import Testing

@testable import Handlers

/// A run that was recorded is decided in the same way when it is replayed, whatever was lost, failed or restarted in it.
@Suite struct StartupReplayTests {
    /// Runs in which everything goes wrong that can.
    private static let seeds: [UInt64] = Array(0..<20)

    @Test(arguments: seeds, FailurePolicy.allCases)
    func aRecordedRunIsDecidedAgainInTheSameWay(seed: UInt64, policy: FailurePolicy) async throws {
        let plan = StartupPropertyTests.plan(
            count: 12,
            seed: seed,
            [.started, .running, .exited, .completed, .fatal],
            gates: 40,
            readyTimeout: .seconds(2)
        )
        let faults = StartupSimulation.Faults(
            failures: 5,
            refusals: 3,
            unconfirmed: 5,
            losses: 10,
            restarts: 2000,
            unknown: 5,
            updates: 20
        )
        var simulation = StartupSimulation(plan, faults, policy: policy, timeout: .seconds(60), seed: seed)
        let recording = StartupRecording()
        simulation.recording = recording
        simulation.horizon = simulation.now + .seconds(90)
        await simulation.run()
        let steps = try recording.lives.flatMap { try $0.replay().steps }
        #expect(!steps.isEmpty)
        let differences = steps.filter { !$0.isSame }
        #expect(differences.isEmpty, "\(differences.prefix(2))")
    }
}
