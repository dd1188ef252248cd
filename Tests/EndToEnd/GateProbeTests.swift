import Testing

/// Gates that connect to a program: `tcp://`, `unix://` and `http://`.
@Suite struct GateProbeTests {
    /// Runs a server whose gate is to pass, and returns what had been recorded when its dependent was started.
    private func recordOfServer(
        _ command: String,
        ready gate: String,
        listenAfter: String = "0",
        _ test: (Supervisord, [String]) async throws -> Void
    ) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(command, ready: gate, keys: "environment=LISTEN_AFTER=\"\(listenAfter)\"")
                + Sections.witness()
        ) { supervisord in
            let record = try await supervisord.record(seenBy: "child")
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
            try await test(supervisord, record)
        }
    }

    @Test(arguments: [("tcp4", "127.0.0.1"), ("tcp4", "localhost"), ("tcp6", "[::1]"), ("tcp6", "localhost")])
    func aServerThatListensHalfASecondAfterItsStart(family: String, host: String) async throws {
        try await ReservedPort.use { port in
            try await recordOfServer(
                "\(GateProgram.server) \(family):\(port) accept",
                ready: "tcp://\(host):\(port)",
                listenAfter: "0.5"
            ) { supervisord, record in
                #expect(record.first == "listening", "\(supervisord.logs)")
                try await supervisord.wait(forRecord: "accept")
                #expect(supervisord.record == ["listening", "accept"], "\(supervisord.logs)")
            }
        }
    }

    @Test func aWebServerThatIsNotReadyYetIsAskedAgainUntilItIs() async throws {
        try await ReservedPort.use { port in
            try await recordOfServer(
                "\(GateProgram.server) tcp4:\(port) 503 503 503 200",
                ready: "http://127.0.0.1:\(port)/health?all=1"
            ) { supervisord, record in
                let unready = Array(repeating: "503 GET /health?all=1", count: 3)
                #expect(record == ["listening"] + unready + ["200 GET /health?all=1"], "\(supervisord.logs)")
                #expect(supervisord.record == record, "\(supervisord.logs)")
            }
        }
    }

    @Test(arguments: ["[::1]", "localhost"])
    func aWebServerThatListensOnIPv6Only(host: String) async throws {
        try await ReservedPort.use { port in
            try await recordOfServer(
                "\(GateProgram.server) tcp6:\(port) 404 204",
                ready: "http://\(host):\(port)"
            ) { supervisord, record in
                #expect(record == ["listening", "404 GET /", "204 GET /"], "\(supervisord.logs)")
            }
        }
    }

    @Test func aRedirectPassesAndIsNotFollowed() async throws {
        try await ReservedPort.use { port in
            try await recordOfServer(
                "\(GateProgram.server) tcp4:\(port) 302 404",
                ready: "http://127.0.0.1:\(port)/login"
            ) { supervisord, record in
                #expect(record == ["listening", "302 GET /login"], "\(supervisord.logs)")
                #expect(supervisord.record == record, "\(supervisord.logs)")
            }
        }
    }

    @Test func aWebServerThatDoesNotAnswerIsAskedAgain() async throws {
        try await ReservedPort.use { port in
            try await recordOfServer(
                "\(GateProgram.server) tcp4:\(port) silence 200",
                ready: "http://127.0.0.1:\(port)/"
            ) { supervisord, record in
                #expect(record == ["listening", "silence", "200 GET /"], "\(supervisord.logs)")
            }
        }
    }

    @Test func aUnixSocketThatAppearsLate() async throws {
        try await recordOfServer(
            "\(GateProgram.server) unix:%(here)s/server.socket accept",
            ready: "unix://%(here)s/server.socket",
            listenAfter: "0.5"
        ) { supervisord, record in
            #expect(record.first == "listening", "\(supervisord.logs)")
            try await supervisord.wait(forRecord: "accept")
        }
    }

    @Test func aUnixSocketThatTheLastRunHasLeft() async throws {
        let bind = "import socket; socket.socket(socket.AF_UNIX).bind(\"%(here)s/server.socket\")"
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Sections.native("last-run", "python3 -c '\(bind)'")
                + Sections.gated(
                    "\(GateProgram.server) unix:%(here)s/server.socket accept",
                    ready: "unix://%(here)s/server.socket",
                    after: "last-run:completed",
                    keys: "environment=LISTEN_AFTER=\"go\""
                ) + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLog: "success: server entered RUNNING")
            try await supervisord.wait(forStatus: "child", "waits for server")
            try await supervisord.wait(forStatus: "server", "connection refused")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record.first == "listening", "\(supervisord.logs)")
        }
    }
}
