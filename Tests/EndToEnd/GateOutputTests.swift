import Testing

/// Gates that wait for what a program says: `log:` and `message:`.
@Suite struct GateOutputTests {
    private static let log = "stdout_events_enabled=true\nstderr_events_enabled=true"
    private static let capture = "stdout_capture_maxbytes=1KB"

    /// Runs a test with a program that writes, and with one that waits for it.
    private func run(
        _ texts: String,
        ready gate: String,
        _ keys: String = log,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log", Sections.gateEvents)
                + Sections.gated("\(GateProgram.speak) \(texts)", ready: gate, keys: keys) + Sections.witness(),
            test
        )
    }

    @Test(arguments: ["stdout", "stderr"])
    func aLineOfEitherStream(stream: String) async throws {
        try await run(
            #"\#(stream) 'not listening on port x\n' wait:go record:ready 'listening on port 80\n'"#,
            ready: "log:^listening on port [0-9]+$"
        ) { supervisord in
            try await supervisord.wait(forLine: "not listening")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test("A line that arrives in pieces, the first of which ends in the middle of a character")
    func aLineInPieces() async throws {
        // supervisord replaces what it cannot decode by "Undecodable: b'caf\xc3'".
        try await run(
            #"'le caf\xc3' wait:go record:ready '\xa9 est ' wait:on 'pr\xc3\xaat\n'"#,
            ready: "log:^le café est prêt$"
        ) { supervisord in
            try await supervisord.wait(forLine: "PROCESS_LOG")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.create("go")
            try await supervisord.wait(forLine: "PROCESS_LOG", times: 2)
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.create("on")
            _ = try await supervisord.record()
        }
    }

    @Test func linesOfTwoStreamsAndOfTwoProcessesAreNotMixed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log", Sections.gateEvents)
                + Sections.gated(
                    #"\#(GateProgram.speak) 'up ' wait:split stderr 'down' wait:go stdout 'and ready\n'"#,
                    ready: "log:^up and ready$",
                    keys: Self.log,
                    "numprocs=2",
                    "process_name=server_%%(process_num)d".replacing("%%", with: "%")
                ) + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLine: "PROCESS_LOG_STDOUT", times: 2)
            try supervisord.create("split")
            try await supervisord.wait(forLine: "PROCESS_LOG_STDERR", times: 2)
            #expect(supervisord.started == ["server_0", "server_1"], "\(supervisord.logs)")
            try supervisord.create("go")
            _ = try await supervisord.record()
        }
    }

    @Test func aLineThatHasAllCharactersOfAPatternElsewhereDoesNotPass() async throws {
        try await run(
            #"'ready to fail\nnot ready\n' wait:go record:ready 'ready\r\n'"#,
            ready: "log:^ready.?$"
        ) { supervisord in
            try await supervisord.wait(forLine: "not ready")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test(arguments: ["stdout", "stderr"])
    func aMessageBetweenTheTags(stream: String) async throws {
        try await run(
            """
            \(stream) '<!--XSUPERVISOR:BEGIN-->not ready<!--XSUPERVISOR:END-->' 'ready' wait:go record:ready \
            '<!--XSUPERVISOR:BEGIN-->re' 'ady\\n<!--XSUPERVISOR:END-->' 'and more, so that nothing is held back'
            """,
            ready: "message:ready",
            "stdout_capture_maxbytes=1KB\nstderr_capture_maxbytes=1KB"
        ) { supervisord in
            try await supervisord.wait(forLine: "PROCESS_COMMUNICATION")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatWasUpBeforeTheListenerHasSaidItsLine() async throws {
        try await Supervisord.run(
            files: [
                Supervisord.configuration: [
                    Sections.supervisord, Sections.server, "[include]\nfiles=%(here)s/late.conf\n",
                    Sections.gated(
                        #"\#(GateProgram.speak) 'ready\n' record:server"#,
                        ready: "log:ready",
                        keys: Self.log,
                        "autostart=true"
                    ),
                    Sections.gated(
                        named: "other",
                        // supervisord holds back the last bytes, among which a tag may begin.
                        #"\#(GateProgram.speak) '<!--XSUPERVISOR:BEGIN-->ready<!--XSUPERVISOR:END-->' record:other"#,
                        ready: "message:ready",
                        keys: Self.capture,
                        "autostart=true"
                    ),
                    Sections.witness(after: "server other"),
                ].joined(separator: "\n")
            ]
        ) { supervisord in
            try await supervisord.wait(forRecord: "server")
            try await supervisord.wait(forRecord: "other")
            // supervisord tells the times of starts in whole seconds.
            try await Task.sleep(for: .seconds(1))
            try supervisord.folder.write(
                Sections.listener("--ordered-startup", Sections.gateEvents),
                to: "late.conf"
            )
            _ = try await supervisord.rpc.reloadConfig()
            try await supervisord.rpc.addProcessGroup("listenerd")
            _ = try await supervisord.record()
        }
    }

    @Test(arguments: [0, 2])
    func anAutostartedProgramMaySayItsLineBeforeTheListenerHearsEvents(startSecondsOfListener: Int) async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup",
                Sections.gateEvents,
                "startsecs=\(startSecondsOfListener)"
            )
                + Sections.gated(
                    #"\#(GateProgram.speak) 'ready\n'"#,
                    ready: "log:ready",
                    keys: Self.log,
                    "autostart=true"
                ) + Sections.witness()
        ) { supervisord in
            _ = try await supervisord.record()
            #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
        }
    }
}
