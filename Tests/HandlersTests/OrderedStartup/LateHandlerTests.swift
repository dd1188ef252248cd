import ListenerKit
import ListenerTesting
import Testing

@testable import Handlers

/// An order of starts beside a handler that never comes back.
@Suite struct LateHandlerTests {
    /// Handles its first event until the end.
    private struct Hanging: EventHandler {
        static let name = "hanging"
        static let summary = "never comes back"
        static let events: [EventKind] = [.event]

        init(_ context: Context) {}

        func handle(_ event: Event) async {
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        }
    }

    /// Each program of the line leads to three events; were each of these a deadline late, the time for all of it would be up.
    @Test func aLineOfProgramsLosesOneDeadline() async throws {
        let names = (0..<40).map { "step\($0)" }
        let programs = names.map { name in
            FakeProgram(
                name,
                startSeconds: 0,
                autostart: false,
                autorestart: .never,
                whenStarted: [.exits(status: 0)]
            )
        }
        let sections = names.enumerated().map { index, name in
            """
            [program:\(name)]
            command=/bin/true
            autostart=false
            autorestart=false
            startsecs=0
            startafter=\(index == 0 ? "" : "\(names[index - 1]):completed")

            """
        }
        let supervisor = try FakeSupervisor(programs)
        let listener = try supervisor.listen(
            with: [OrderedStartup.self, Hanging.self],
            arguments: ["--ordered-startup", "--hanging", "--acknowledge-within=1"],
            events: [.processState],
            configuration: "[supervisord]\n" + sections.joined()
        )
        try await listener.waitForMessage("started 40 processes in order")
        try await listener.waitForAcknowledgements()
        #expect(supervisor.calls(of: "startProcess").count == 40)
        #expect(listener.messages.count { $0.contains("--hanging is late") } == 1, "\(listener.messages)")
        listener.stop()
        listener.stop()
        try await listener.waitForEnd()
        #expect(listener.messages.contains { $0.contains("--hanging is still handling PROCESS_STATE") })
    }
}
