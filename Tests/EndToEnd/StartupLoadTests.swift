import Testing

/// Many programs at once, and programs that exit before their events arrive.
@Suite struct StartupLoadTests {
    private static let forever = "/bin/sleep 600"

    /// The two dialects that have dependency graphs.
    enum Dialect: CaseIterable {
        case dependent, native

        func section(_ name: String, _ command: String, after parents: String = "", _ keys: String...) -> String {
            let keys = keys.joined(separator: "\n")
            return switch self {
            case .dependent: Sections.dependent(name, command, after: parents, keys)
            case .native: Sections.native(name, command, after: parents, keys)
            }
        }
    }

    @Test(
        "40 programs at once and one last, with the buffer for 10 events that is the default",
        arguments: Dialect.allCases
    )
    func manyAtOnce(dialect: Dialect) async throws {
        let names = (10..<50).map { "p\($0)" }
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "buffer_size=10")
                + names.map { dialect.section($0, Self.forever) }.joined()
                + dialect.section("last", Self.forever, after: names.joined(separator: " "))
        ) { supervisord in
            try await supervisord.wait(forLine: "started 41 processes in order")
            #expect(supervisord.started == names + ["last"], "\(supervisord.logs)")
            for name in names {
                #expect(supervisord.log.inOrder("success: \(name) entered RUNNING", "spawned: 'last'"))
            }
        }
    }

    @Test(
        "Twenty one-shots each of 0 and of 0.3 s are started once, and so is who waits for their end",
        arguments: Dialect.allCases
    )
    func oneShotsAndTheirDependentsStartOnce(dialect: Dialect) async throws {
        let ends = (10..<30).flatMap { [("quick\($0)", "/bin/true"), ("slow\($0)", "/bin/sleep 0.3")] }
        let sections = ends.map { name, command in
            dialect.section(name, command) + dialect.section("after-\(name)", "/bin/true", after: "\(name):exited")
        }
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + sections.joined()
        ) { supervisord in
            try await supervisord.wait(forLine: "started 80 processes in order")
            let expected = ends.flatMap { [$0.0, "after-\($0.0)"] }
            #expect(supervisord.started.sorted() == expected.sorted(), "\(supervisord.logs)")
            for (name, _) in ends {
                #expect(supervisord.log.inOrder("exited: \(name) ", "spawned: 'after-\(name)'"), "\(supervisord.logs)")
            }
        }
    }

    /// Exits at once, and so is restarted again and again, until a file exists in the folder.
    private static let flap = "/bin/sh -c '[ -e %(here)s/calm ] && exec sleep 600'"

    @Test("300 programs that end as soon as they are up do not keep the startup from its end")
    func flapping() async throws {
        let names = (100..<400).map { "p\($0)" }
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "buffer_size=10")
                + names.map { Sections.program($0, Self.flap, "startsecs=0", "autorestart=true") }.joined()
                + Sections.native("first", "/bin/true", after: "p100")
                + Sections.native("last", Self.forever, after: names.joined(separator: " ") + " first:exited"),
            slots: RunSlots.count
        ) { supervisord in
            // supervisord is busy with starting them, and answers calls seconds later.
            try await supervisord.wait(forStarts: 450)
            try supervisord.folder.write("", to: "calm")
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.log.contains("event buffer overflowed, discarding event"))
            #expect(supervisord.started.filter { !$0.hasPrefix("p") } == ["first", "last"])
        }
    }

    @Test("10 programs that are started again and again for ever do not keep the startup from its end")
    func flappingForEver() async throws {
        let names = (10..<20).map { "p\($0)" }
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "buffer_size=10")
                + names.map { Sections.native($0, Self.flap, after: "", "autorestart=true") }.joined()
                + Sections.native("last", Self.forever, after: names.joined(separator: " ")),
            slots: RunSlots.count
        ) { supervisord in
            try await supervisord.wait(forLine: "started 11 processes in order")
            #expect(supervisord.started.count { $0 == "last" } == 1)
        }
    }
}
