import Foundation
import Testing

/// Many gates at once.
@Suite struct GateLoadTests {
    private static let noise = """
        [program:noisy]
        command=/bin/sh -c 'while :; do echo some line or other; sleep 0.01; done'
        startsecs=0
        stdout_events_enabled=true

        """

    @Test(
        "200 gates at once, beside a noisy program, with no thread for each",
        arguments: ["http", "tcp", "exec", "log"]
    )
    func manyGates(kind: String) async throws {
        let gates = [
            "http": "http://127.0.0.1:PORT/%(process_num)d", "tcp": "tcp://127.0.0.1:PORT",
            "exec": "exec:/usr/bin/test -e %(here)s/listen -a %(process_num)d -ge 0",
            "log": "log:^ready %(process_num)d$",
        ]
        try await ReservedPort.use { port in
            try await Supervisord.run(
                Sections.listener("--ordered-startup", Sections.gateEvents, "buffer_size=5000") + Self.noise
                    + Sections.native(
                        "server",
                        "\(GateProgram.server) tcp4:\(port) \(kind == "http" ? "503 503 200" : "accept")",
                        after: "",
                        "environment=LISTEN_AFTER=\"listen\""
                    )
                    + Sections.gated(
                        named: "many",
                        "/bin/sh -c 'until [ -e %(here)s/listen ]; do sleep 1; done; echo ready %(process_num)d; exec sleep 600'",
                        ready: (gates[kind] ?? "").replacing("PORT", with: "\(port)"),
                        keys: "numprocs=200",
                        "process_name=%(process_num)d",
                        "stdout_events_enabled=true"
                    )
                    + Sections.witness(after: "many"),
                slots: RunSlots.count
            ) { supervisord in
                try await supervisord.wait(forStarts: 202)
                try await supervisord.wait(forLog: "success: 199 entered RUNNING")
                let pid = supervisord.pids(of: "listenerd").last ?? 0
                let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task").count
                #expect(threads < 8, "\(supervisord.logs)")
                #expect(!supervisord.started.contains("child"), "\(supervisord.logs)")
                try supervisord.create("listen")
                _ = try await supervisord.record()
                try await supervisord.wait(forLine: "started 202 processes in order")
                #expect(supervisord.pids(of: "listenerd").count == 1, "\(supervisord.logs)")
            }
        }
    }
}
