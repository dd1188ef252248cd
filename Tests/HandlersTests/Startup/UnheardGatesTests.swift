import ListenerKit
import Testing

@testable import Handlers

/// Gates whose output never reaches the listener.
@Suite struct UnheardGatesTests {
    private static let settings = "supervisord sends no PROCESS_LOG events of it; set stdout_events_enabled=true"

    @Test(
        arguments: [
            ("ready=log:x", [EventKind.processLog], "log:x", settings),
            ("ready=log:x\nstdout_events_enabled=true", [.processLog], nil, ""),
            ("ready=log:x\nstderr_events_enabled=true", [.processLogStderr], nil, ""),
            (
                "ready=log:x\nstdout_events_enabled=true", [.processState], "log:x",
                "events= of this listener lacks PROCESS_LOG; add it"
            ),
            ("ready=message:x\nstdout_capture_maxbytes=1MB", [.processCommunication], nil, ""),
            (
                "ready=message:x\nstdout_capture_maxbytes=1MB", [], "message:x",
                "events= of this listener lacks PROCESS_COMMUNICATION; add it"
            ),
            (
                "ready=message:x", [.processCommunication], "message:x",
                "supervisord sends no PROCESS_COMMUNICATION events of it; set stdout_capture_maxbytes=1MB"
            ),
            ("ready=tcp://a:1", [], nil, ""), ("ready=notify", [], nil, ""), ("user=x", [], nil, ""),
        ] as [(String, [EventKind], String?, String)]
    )
    func whatNeverComesIsReported(keys: String, events: [EventKind], gate: String?, cause: String) throws {
        let configuration = try SupervisorConfiguration.of("[program:web]\ncommand=x\n\(keys)\n")
        let unheard = UnheardGates(StartupPlan(configuration), configuration) { kind in
            events.contains { $0.includes(kind) }
        }
        let message = "web never becomes ready: the gate '\(gate ?? "")' waits for its output, but \(cause)"
        #expect(unheard.messages == (gate == nil ? [] : [message]))
    }

    @Test func nothingIsReportedIfTheEventsOfTheListenerAreNotKnown() throws {
        let configuration = try SupervisorConfiguration.of(
            "[program:web]\ncommand=x\nready=message:x\nstdout_capture_maxbytes=1MB\n"
        )
        #expect(UnheardGates(StartupPlan(configuration), configuration) { _ in nil }.messages.isEmpty)
    }
}
