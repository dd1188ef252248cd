import Handlers
import ListenerKit
import ListenerTesting
import Testing

/// An order of starts with gates, as its author would test it.
@Suite struct GatedStartupTests {
    private func listen(
        to supervisor: FakeSupervisor,
        gate: String,
        arguments: [String] = []
    ) async throws -> SupervisedListener {
        let listener = try supervisor.listen(
            with: [OrderedStartup.self],
            arguments: ["--ordered-startup"] + arguments,
            events: [.processState, .processLog, .processCommunication],
            configuration: """
                [supervisord]
                [program:db]
                command=/bin/db
                ready=\(gate)
                ready_timeout=60
                stdout_events_enabled=true
                stdout_capture_maxbytes=1KB
                [program:web]
                command=/bin/web
                autostart=false
                startafter=db
                """
        )
        try await listener.waitUntilReady()
        return listener
    }

    private static func programs() throws -> FakeSupervisor {
        try FakeSupervisor("db", FakeProgram("web", autostart: false))
    }

    private static let openings: [(gate: String, open: @Sendable (FakeSupervisor) throws -> Void)] = [
        ("tcp://127.0.0.1:5432", { $0.openGate("tcp://127.0.0.1:5432") }),
        ("exec:pg_isready -q", { $0.openGate("exec:pg_isready -q") }),
        ("notify", { try $0.notify("READY=1", from: "db") }),
        ("log:ready to accept", { try $0.log("ready to accept connections\n", by: "db") }),
        ("message:up", { try $0.sendTagged("up", by: "db") }),
        ("tcp://127.0.0.1:5432\n  log:never", { try $0.setReady("db") }),
    ]

    @Test(arguments: openings.indices)
    func aProgramStartsOnceTheGatesOfItsParentHavePassed(index: Int) async throws {
        let (gate, open) = Self.openings[index]
        let supervisor = try Self.programs()
        let listener = try await listen(to: supervisor, gate: gate)
        supervisor.autostart()
        supervisor.advance(by: .seconds(10))
        try await listener.waitForAcknowledgements()
        #expect(supervisor.state(of: "web") == .stopped)
        try open(supervisor)
        supervisor.advance(by: .seconds(3))
        try await supervisor.waitForCall(RPCCall("startProcess", "web", false))
        #expect(!listener.messages.contains { $0.contains("error") }, "\(listener.messages)")
    }

    @Test func aGateThatStaysShutFailsTheParent() async throws {
        let supervisor = try Self.programs()
        let listener = try await listen(to: supervisor, gate: "http://127.0.0.1:8080/health")
        supervisor.shutGate("http://127.0.0.1:8080/health", answer: "HTTP 503")
        supervisor.autostart()
        supervisor.advance(by: .seconds(62))
        try await listener.waitForMessage("HTTP 503, tried")
        try await listener.waitForAcknowledgements()
        #expect(supervisor.state(of: "web") == .stopped)
        #expect(supervisor.attempts(at: "http://127.0.0.1:8080/health") > 20)
    }
}
