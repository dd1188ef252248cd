import Testing

/// Dependency graphs in the dialect of supervisord-dependent-startup, in listenerd's own, and in all three at once.
@Suite struct DialectsTests {
    private static let forever = "/bin/sleep 600"
    private static let numbered = "process_name=%(program_name)s_%(process_num)d"

    @Test func aGraphOfDependentStartupIsStartedInItsOrder() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.program("log", Self.forever)
                + Sections.dependent("init", "/bin/true", after: "log:running")
                + Sections.dependent("config", Self.forever, after: "log init:exited", "numprocs=2", Self.numbered)
                + Sections.dependent("web", Self.forever, after: "config:running", "startsecs=1")
                + Sections.dependent("job", "/bin/sh -c 'exit 3'", after: "web")
                + Sections.dependent(
                    "last",
                    Self.forever,
                    after: "log:fatal",
                    "dependent_startup_wait_for=job:exited,fatal config:starting"
                )
                + "[group:team]\nprograms=web, last\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 6 processes in order")
            #expect(
                supervisord.started == ["log", "init", "config_0", "config_1", "web", "job", "last"],
                "\(supervisord.logs)"
            )
            #expect(
                supervisord.log.inOrder(
                    "success: log entered RUNNING",
                    "spawned: 'init'",
                    "exited: init",
                    "spawned: 'config_0'",
                    "success: config_1 entered RUNNING",
                    "spawned: 'web'",
                    "success: web entered RUNNING",
                    "spawned: 'job'",
                    "exited: job",
                    "spawned: 'last'"
                ),
                "\(supervisord.logs)"
            )
        }
    }

    @Test func programsOfDependentStartupThatMayStartTogetherDoSoInItsOrder() async throws {
        let inherits = "dependent_startup_inherit_priority=true"
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.dependent("a", Self.forever)
                + Sections.dependent("b", Self.forever, after: nil, "priority=0")
                + Sections.dependent("c", Self.forever, after: nil, "priority=1500")
                + Sections.dependent("d", Self.forever, after: nil, "priority=5")
                + Sections.dependent("e", Self.forever, after: "d a")
                + Sections.dependent("f", Self.forever, after: "d a", inherits)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 6 processes in order")
            #expect(supervisord.started == ["d", "c", "a", "b", "f", "e"], "\(supervisord.logs)")
        }
    }

    @Test func aGraphOfListenerdsOwnKeyIsStartedInItsOrder() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.program("up", Self.forever)
                + Sections.native("migrate", "/bin/true", after: "up")
                + Sections.native("check", "/bin/sh -c 'exit 3'", after: "migrate:completed")
                + Sections.native("cache", "/bin/false", after: "", "startsecs=3", "startretries=0")
                + Sections.native("web", Self.forever, after: "check:exited cache?", "numprocs=2", Self.numbered)
                + Sections.native("one", Self.forever, after: "web:web_1:running")
                + Sections.native("two", Self.forever, after: "one:started,fatal")
                + Sections.native("last", Self.forever, after: "team:* web:*:started cache:fatal")
                + "[group:team]\nprograms=one,two\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 7 of 8 processes in order")
            let started = supervisord.started
            #expect(
                started.filter { $0 != "cache" } == ["up", "migrate", "check", "web_0", "web_1", "one", "two", "last"],
                "\(supervisord.logs)"
            )
            #expect(started.count { $0 == "cache" } == 1)
            for parent in ["exited: check", "cache entered FATAL state"] {
                #expect(supervisord.log.inOrder(parent, "spawned: 'web_0'"), "\(supervisord.logs)")
            }
            #expect(
                supervisord.log.inOrder(
                    "success: up entered RUNNING",
                    "spawned: 'migrate'",
                    "exited: migrate",
                    "spawned: 'check'",
                    "success: web_1 entered RUNNING",
                    "spawned: 'one'",
                    "spawned: 'two'",
                    "success: two entered RUNNING",
                    "spawned: 'last'"
                ),
                "\(supervisord.logs)"
            )
        }
    }

    @Test func programsWithoutADependencyBetweenThemDoNotWaitForEachOther() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.native("a", Sections.command(waitingFor: "go"))
                + Sections.native("b", Self.forever, after: "a:exited")
                + Sections.native("c", "/bin/true")
                + Sections.native("d", Self.forever, after: "c:exited")
        ) { supervisord in
            try await supervisord.wait(forLog: "success: d entered RUNNING")
            #expect(supervisord.started == ["a", "c", "d"], "\(supervisord.logs)")
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: "started 4 processes in order")
            #expect(supervisord.started == ["a", "c", "d", "b"], "\(supervisord.logs)")
        }
    }

    @Test func theThreeDialectsMakeOneGraph() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.native("six", Self.forever, after: "five:started")
                + Sections.dependent("five", Self.forever, after: "four:exited")
                + Sections.native("four", "/bin/true", after: "three one:exited")
                + Sections.dependent("three", Self.forever, after: "two:running")
                + Sections.ordered("two", Self.forever, priority: 2)
                + Sections.ordered("one", "/bin/true", priority: 1, "startnextafter=exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 6 processes in order")
            #expect(supervisord.started == ["one", "two", "three", "four", "five", "six"], "\(supervisord.logs)")
            #expect(
                supervisord.log.inOrder(
                    "exited: one",
                    "spawned: 'two'",
                    "success: two entered RUNNING",
                    "spawned: 'three'",
                    "success: three entered RUNNING",
                    "spawned: 'four'",
                    "exited: four",
                    "spawned: 'five'",
                    "spawned: 'six'"
                ),
                "\(supervisord.logs)"
            )
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }
}
