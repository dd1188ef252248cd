import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// The listener's exit.
@Suite struct EndTests {
    private static let allHandlers = "--ordered-startup --fatal-exit --log"
    private static let chain = Sections.ordered("a", "/bin/sleep 600", priority: 1)

    @Test(arguments: [SIGTERM, SIGINT, SIGQUIT])
    func theListenerEndsWhenSupervisordIsStopped(signal: Int32) async throws {
        try await Supervisord.run(Sections.listener(Self.allHandlers) + Self.chain) { supervisord in
            try await supervisord.wait(forLine: " a STARTING → RUNNING")
            supervisord.send(signal)
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.log.contains("stopped: listenerd (exit status 0)"), "\(supervisord.logs)")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }

    @Test func theListenerEndsWhenSupervisordIsKilled() async throws {
        // A shell between the two records the status, as supervisord is no longer there to log it.
        try await Supervisord.run(
            """
            [eventlistener:listenerd]
            command=/bin/sh -c '"$LISTENERD" \(Self.allHandlers); echo $? > %(here)s/status.part; mv %(here)s/status.part %(here)s/status'
            environment=LISTENERD_CONFIG="%(here)s/supervisord.conf"
            events=PROCESS_STATE
            buffer_size=200
            stdout_logfile=NONE
            stderr_logfile=%(here)s/\(Sections.listenerLog)

            """ + Self.chain
        ) { supervisord in
            try await supervisord.wait(forLine: " a STARTING → RUNNING")
            supervisord.send(SIGKILL)
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .signal(SIGKILL))
            try await wait(for: "the listener's end", diagnostics: { supervisord.logs }) {
                supervisord.folder.text(of: "status") == "0\n"
            }
        }
    }

    @Test func withoutStandardErrorTheListenerWorksAllTheSame() async throws {
        try await Supervisord.run(
            """
            [eventlistener:listenerd]
            command=/bin/sh -c 'exec "$LISTENERD" \(Self.allHandlers) 2>&-'
            events=PROCESS_STATE
            buffer_size=200
            stdout_logfile=NONE

            """ + Self.chain + Sections.program("broken", "/bin/false", "startsecs=10", "startretries=0")
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(!supervisord.log.contains("UNKNOWN state"), "\(supervisord.logs)")
            #expect(supervisord.log.contains("stopped: listenerd (exit status 0)"), "\(supervisord.logs)")
        }
    }

    @Test func nothingIsWrittenToStandardOutputThatIsNotTheProtocol() async throws {
        try await Supervisord.run(
            Sections.listener(Self.allHandlers, "stdout_logfile=%(here)s/stdout.log") + Self.chain
        ) { supervisord in
            try await supervisord.wait(forLine: " a STARTING → RUNNING")
            try await supervisord.terminate()
            let output = supervisord.folder.text(of: "stdout.log")
            #expect(output.wholeMatch(of: /(READY\nRESULT 2\nOK)+READY\n/) != nil, "\(output)")
        }
    }
}
