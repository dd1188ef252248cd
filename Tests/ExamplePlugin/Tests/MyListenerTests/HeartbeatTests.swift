import ListenerKit
import ListenerTesting
import Testing

@testable import MyListener

@Suite struct HeartbeatTests {
    private func listen(to supervisor: FakeSupervisor) async throws -> SupervisedListener {
        let listener = try supervisor.listen(
            with: [Heartbeat.self],
            arguments: ["--heartbeat", "--heartbeat-programs=worker", "--heartbeat-timeout=10", "--heartbeat-grace=20"]
        )
        try supervisor.start("worker")
        supervisor.advance(by: .seconds(2))
        try await listener.waitForAcknowledgements()
        return listener
    }

    @Test func leavesAProgramAloneWhoseHeartGoesOn() async throws {
        let supervisor = try FakeSupervisor("worker")
        let listener = try await listen(to: supervisor)
        for _ in 1...20 {
            try supervisor.sendTagged("alive", by: "worker")
            supervisor.advance(by: .seconds(9))
            try await listener.waitForAcknowledgements()
        }
        #expect(supervisor.calls(of: "stopProcess").isEmpty)
    }

    @Test func restartsAProgramWhoseHeartStops() async throws {
        let supervisor = try FakeSupervisor("worker")
        let listener = try await listen(to: supervisor)
        try supervisor.sendTagged("alive", by: "worker")
        supervisor.advance(by: .seconds(10))
        try await supervisor.waitForCall("startProcess")
        supervisor.advance(by: .seconds(1))
        try await listener.waitForAcknowledgements()

        #expect(supervisor.state(of: "worker") == .running)
        #expect(listener.messages == ["listener: warning: restarting worker: its heartbeat has stopped"])
    }

    @Test func goesOnFromASnapshot() async throws {
        let supervisor = try FakeSupervisor("worker")
        try supervisor.start("worker")
        supervisor.advance(by: .seconds(2))
        let test = try TestContext(
            for: Heartbeat.self,
            arguments: ["--heartbeat-programs=worker"],
            supervisor: supervisor
        )
        let processes = try await test.context.supervisor().allProcessInfo()
        try Heartbeat(test.context).handle(Snapshot(processes: processes, reason: .start, time: test.now))
        #expect(test.alarm == test.now + .seconds(60))
    }

    @Test func graceMustNotBeShorterThanTheTimeout() {
        #expect(throws: UsageError.self) {
            try TestContext(for: Heartbeat.self, arguments: ["--heartbeat-programs=a", "--heartbeat-grace=1"])
        }
    }
}
