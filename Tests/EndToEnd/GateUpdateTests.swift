import Foundation
import Testing

/// Gates of programs with several processes, in groups, with any startsecs, and of programs that are added later.
@Suite struct GateUpdateTests {
    private static let forever = "/bin/sleep 600"

    @Test func eachProcessOfAProgramHasItsOwnGate() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(
                    Self.forever,
                    ready: "file://%(here)s/%(process_num)d-%(group_name)s-%(program_name)s",
                    keys: "numprocs=3",
                    "process_name=%(program_name)s_%(process_num)d"
                )
                + Sections.witness("one", after: "team:server_1") + Sections.witness("all", after: "server")
                + "[group:team]\nprograms=server\n"
        ) { supervisord in
            try await supervisord.wait(forLog: "success: server_2 entered RUNNING")
            try supervisord.create("1-team-server")
            _ = try await supervisord.record(seenBy: "one")
            try supervisord.create("0-team-server")
            try await supervisord.wait(forStatus: "team:server_2", "2-team-server", "no such file")
            #expect(!supervisord.started.contains("all"), "\(supervisord.logs)")
            try supervisord.create("2-team-server")
            _ = try await supervisord.record(seenBy: "all")
        }
    }

    @Test func aGroupIsRunningOnceTheGatesOfItsMembersHavePassed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated(named: "a", Self.forever, ready: "file://%(here)s/a")
                + Sections.gated(named: "b", Self.forever, ready: "file://%(here)s/b")
                + Sections.native("c", Self.forever)
                + Sections.witness(after: "team:*")
                + "[group:team]\nprograms=a,b,c\n"
        ) { supervisord in
            try await supervisord.wait(forLog: "success: c entered RUNNING")
            try supervisord.create("a")
            try await supervisord.wait(forStatus: "team:b", "no such file")
            #expect(!supervisord.started.contains("child"), "\(supervisord.logs)")
            try supervisord.create("b")
            _ = try await supervisord.record()
        }
    }

    @Test(arguments: [0, 3])
    func aProgramIsReadyOnceItIsRunningAndItsGateHasPassed(startSeconds: Int) async throws {
        try await ReservedPort.use { port in
            try await Supervisord.run(
                Sections.listener("--ordered-startup")
                    + Sections.gated(
                        "\(GateProgram.server) tcp4:\(port) accept",
                        ready: "tcp://127.0.0.1:\(port)",
                        keys: "startsecs=\(startSeconds)"
                    ) + Sections.witness()
            ) { supervisord in
                _ = try await supervisord.record()
                #expect(supervisord.log.inOrder("success: server entered RUNNING", "spawned: 'child'"))
                #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
            }
        }
    }

    @Test func anAutostartedProgramWithAGateIsWaitedFor() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.program("server", Self.forever, "ready=file://%(here)s/up") + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLog: "success: server entered RUNNING")
            try await supervisord.wait(forStatus: "server", "no such file")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
            try supervisord.create("up")
            _ = try await supervisord.record()
        }
    }

    @Test func aProgramThatIsAddedWithAGateIsWaitedFor() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", Sections.gateEvents) + Sections.native("first", Self.forever)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            try supervisord.edit { text in
                text + Sections.gated(Self.forever, ready: "file://%(here)s/up") + Sections.witness()
            }
            try await supervisord.update()
            try await supervisord.wait(forLog: "success: server entered RUNNING")
            try await supervisord.wait(forStatus: "child", "waits for server")
            #expect(supervisord.started == ["first", "server"], "\(supervisord.logs)")
            try supervisord.create("up")
            _ = try await supervisord.record()
        }
    }

    @Test func aGateThatAnUpdateChangesIsTheOneThatCounts() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", Sections.gateEvents)
                + Sections.gated(Self.forever, ready: "file://%(here)s/old") + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLog: "success: server entered RUNNING")
            try await supervisord.wait(forStatus: "server", "file://\(supervisord.folder.path)/old")
            // supervisord itself ignores a change of keys that it does not know.
            try supervisord.edit { text in
                text.replacing("/old", with: "/new").replacing("sleep 600\nstartsecs", with: "sleep 601\nstartsecs")
            }
            try await supervisord.update()
            try await supervisord.wait(forStatus: "server", "file://\(supervisord.folder.path)/new")
            try supervisord.create("old")
            try await supervisord.wait(forStatus: "child", "waits for server")
            #expect(supervisord.started == ["server", "server"], "\(supervisord.logs)")
            try supervisord.create("new")
            _ = try await supervisord.record()
            #expect(supervisord.started == ["server", "server", "child"], "\(supervisord.logs)")
        }
    }
}
