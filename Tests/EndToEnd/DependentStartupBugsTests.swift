import Testing

/// Configurations with which supervisord-dependent-startup 1.4.0 goes wrong under a real supervisord.
///
/// Bugs that show without one are in the suite of the same name among the tests of handlers.
@Suite("Bugs of supervisord-dependent-startup that are none here, under a real supervisord")
struct DependentStartupBugsTests {
    private static let forever = "/bin/sleep 600"

    @Test("Events that the default buffer drops keep a program from being started for ever")
    func lostEvents() async throws {
        let others = (10..<50).map { Sections.program("p\($0)", Self.forever) }.joined()
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "buffer_size=10") + others
                + Sections.dependent("a", "/bin/true", after: "p10:running")
                + Sections.dependent("b", Self.forever, after: "a:exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started.filter { !$0.hasPrefix("p") } == ["a", "b"], "\(supervisord.logs)")
        }
    }

    @Test("Names with numbers, in groups, after commas with spaces, and the same in two groups")
    func names() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.dependent("one", Self.forever, after: nil, "process_name=worker")
                + Sections.dependent("two", Self.forever, after: "one", "process_name=worker", "startsecs=1")
                + Sections.dependent(
                    "few",
                    Self.forever,
                    after: "two",
                    "numprocs=2",
                    "process_name=few_%(process_num)d"
                )
                + Sections.dependent("alone", Self.forever, after: "few", "process_name=alone_%(process_num)02d")
                + "[group:x]\nprograms=one, few\n[group:y]\nprograms=two\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 5 processes in order")
            #expect(
                supervisord.started == ["worker", "worker", "few_0", "few_1", "alone_00"],
                "\(supervisord.logs)"
            )
            #expect(
                supervisord.log.inOrder(
                    "success: worker entered RUNNING",
                    "success: worker entered RUNNING",
                    "spawned: 'few_0'",
                    "success: few_1 entered RUNNING",
                    "spawned: 'alone_00'"
                ),
                "\(supervisord.logs)"
            )
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }

    @Test("If supervisord starts every root itself, the listener ends, and nothing else is started")
    func everyRootIsAutostarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startretries=0", "exitcodes=0,3")
                + Sections.program("log", Self.forever)
                + Sections.dependent("web", Self.forever, after: "log:running")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            #expect(supervisord.started == ["log", "web"], "\(supervisord.logs)")
            #expect(!supervisord.log.contains("exited: listenerd"), "\(supervisord.logs)")
        }
    }

    @Test("Without a configuration the listener ends with success, and nobody learns why nothing is started")
    func withoutAConfiguration() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup -c /nonexistent", "startsecs=0", "autorestart=false")
        ) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            try await supervisord.wait(
                forLine: "listenerd: error: cannot read '/nonexistent': No such file or directory"
            )
        }
    }

    @Test("Without a server the listener ends without saying what is missing")
    func withoutAServer() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=0", "autorestart=false")
                + Sections.dependent("web", Self.forever),
            server: nil
        ) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            try await supervisord.wait(forLine: "no [unix_http_server] or [inet_http_server] section")
        }
    }
}
