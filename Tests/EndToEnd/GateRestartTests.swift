import ExecutableTesting
import Foundation
import Testing

/// Programs with gates, and listeners, that are started again.
@Suite struct GateRestartTests {
    /// A program that records that it is ready once a file exists, and is so then.
    private static let server = Sections.gated(
        "/bin/sh -c 'until [ -e %(here)s/go ]; do sleep 0.05; done; echo ready >>%(here)s/record; exec %(ENV_GATES)s/notify self READY=1'",
        ready: "notify",
        keys: Sections.notifySocket,
        "autorestart=true"
    )

    /// How many descriptors and threads a process has.
    private func resources(of program: String, _ supervisord: Supervisord) throws -> (descriptors: Int, threads: Int) {
        guard let pid = supervisord.pids(of: program).last else {
            throw TestFailure("\(program) was not started")
        }
        let count = { (folder: String) in
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/\(folder)").count
        }
        return (try count("fd"), try count("task"))
    }

    @Test(arguments: ["tcp", "http", "exec"])
    func twentyRestartsWhileTheGateIsShut(kind: String) async throws {
        try await ReservedPort.use { port in
            let gates = [
                "tcp": "tcp://127.0.0.1:\(port)", "http": "http://127.0.0.1:\(port)/",
                "exec": "exec:/bin/sh -c '[ -e %(here)s/go ] || sleep 600'",
            ]
            try await Supervisord.run(
                Sections.listener("--ordered-startup --log", "buffer_size=1000")
                    + Sections.native(
                        "other",
                        "\(GateProgram.server) tcp4:\(port) silence",
                        after: "",
                        "environment=LISTEN_AFTER=\"listen\""
                    )
                    + Sections.gated("/bin/sleep 600", ready: gates[kind] ?? "", keys: "autorestart=true")
                    + Sections.witness()
            ) { supervisord in
                if kind == "http" {
                    try supervisord.create("listen")
                }
                for count in 1...20 {
                    try await supervisord.wait(forLine: " server STARTING → RUNNING", times: count)
                    supervisord.send(SIGKILL, to: "server")
                }
                try await supervisord.wait(forLine: " server STARTING → RUNNING", times: 21)
                let (descriptors, threads) = try resources(of: "listenerd", supervisord)
                #expect(descriptors < 30, "\(supervisord.logs)")
                #expect(threads < 8, "\(supervisord.logs)")
                #expect(supervisord.started.count { $0 == "child" } == 0, "\(supervisord.logs)")
            }
        }
    }

    @Test func twentyRestartsWhileTheGateIsOpenStartNothingAgainAndLeaveNothing() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log", "buffer_size=1000") + Self.server + Sections.witness()
        ) { supervisord in
            try supervisord.create("go")
            _ = try await supervisord.record()
            let before = try resources(of: "listenerd", supervisord)
            for count in 1...20 {
                try await supervisord.wait(forRecord: "ready", times: count)
                try await supervisord.wait(forLine: " server STARTING → RUNNING", times: count)
                supervisord.send(SIGKILL, to: "server")
            }
            try await supervisord.wait(forRecord: "ready", times: 21)
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status().isUp }
            #expect(supervisord.started.count { $0 == "child" } == 1, "\(supervisord.logs)")
            // A call that asks supervisord for all processes may be under way.
            try await supervisord.wait(for: "as many descriptors as before") {
                try resources(of: "listenerd", supervisord).descriptors <= before.descriptors
            }
        }
    }

    @Test func aRestartClosesTheGate() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Self.server + Sections.witness()
        ) { supervisord in
            try supervisord.create("go")
            _ = try await supervisord.record()
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status("--quiet").isUp }
            try FileManager.default.removeItem(atPath: supervisord.folder.path(of: "go"))
            supervisord.send(SIGKILL, to: "server")
            try await supervisord.wait(forLog: "success: server entered RUNNING", times: 2)
            try await supervisord.wait(forStatus: "server", "notify")
            #expect(try await !supervisord.status("--quiet").isUp)
            try supervisord.create("go")
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status("--quiet").isUp }
            #expect(supervisord.started == ["server", "child", "server"], "\(supervisord.logs)")
        }
    }

    @Test(arguments: ["file://%(here)s/go", "exec:/usr/bin/test -e %(here)s/go"])
    func theListenerIsKilledWhileAGateIsShut(gate: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Sections.gated("/bin/sleep 600", ready: gate) + Sections.witness()
        ) { supervisord in
            for count in 2...4 {
                try await supervisord.wait(forLog: "success: server entered RUNNING")
                supervisord.send(SIGKILL, to: "listenerd")
                try await supervisord.wait(for: "a new listener") { supervisord.pids(of: "listenerd").count == count }
            }
            try await supervisord.wait(forStatus: "child", "waits for server")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.folder.write("go\n", to: "record")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["go"], "\(supervisord.logs)")
            #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
        }
    }

    @Test func theListenerIsKilledAfterAGateHasPassed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=0", "autorestart=true") + Self.server
                + Sections.witness()
                + Sections.gated(named: "other", "/bin/sleep 600", ready: "file://%(here)s/other", after: "child")
                + Sections.witness("last", after: "other")
        ) { supervisord in
            try supervisord.create("go")
            _ = try await supervisord.record()
            for count in 2...4 {
                try await supervisord.wait(forStarts: 3)
                supervisord.send(SIGKILL, to: "listenerd")
                try await supervisord.wait(for: "a new listener") { supervisord.pids(of: "listenerd").count == count }
            }
            try await supervisord.wait(forStatus: "last", "waits for other")
            try supervisord.create("other")
            _ = try await supervisord.record(seenBy: "last")
            #expect(supervisord.started == ["server", "child", "other", "last"], "\(supervisord.logs)")
        }
    }
}
