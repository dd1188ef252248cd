import ListenerKit
import Testing

@testable import Handlers

@Suite struct DependentDialectTests {
    private func plan(_ text: String) throws -> StartupPlan {
        StartupPlan(try SupervisorConfiguration.of(text))
    }

    /// A program that is started here, with its keys.
    private func service(_ name: String, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=/bin/true\nautostart=false\ndependent_startup=true\n"
            + keys.map { $0 + "\n" }.joined()
    }

    private func waitsFor(_ text: String, _ keys: String...) -> String {
        "dependent_startup_wait_for=\(text)"
    }

    @Test(arguments: [
        ("a", ["a:running"]), ("a:exited", ["a:exited"]), ("a:Exited,RUNNING", ["a:running,exited"]),
        ("a:starting", ["a:started"]), ("a:backoff,stopping,fatal", ["a:backoff,stopping,fatal"]),
        ("a b:exited", ["a:running", "b:exited"]), ("a  b", ["a:running", "b:running"]),
        ("a:exited a:running", ["a:running"]), ("a:b:exited", ["a:running"]), ("a:running,ready", ["a:running"]),
        ("nothing a", ["a:running"]),
        ("rsyslogd:running enable-mod.VPP:exited", ["rsyslogd:running", "enable-mod.VPP:exited"]),
    ])
    func dependenciesAreParsed(text: String, expected: [String]) throws {
        let others = ["a", "b", "rsyslogd", "enable-mod.VPP"].map { service($0) }.joined()
        let plan = try plan(others + service("child", waitsFor(text)))
        #expect(plan.waits("child") == expected)
        #expect(plan.names.contains("child"))
    }

    @Test(arguments: [
        ("nothing:running", "/etc/supervisord.conf:10: warning: child waits for 'nothing', but no program has that "),
        ("a:running,ready", "/etc/supervisord.conf:10: warning: unknown state 'ready' in dependent_startup_wait_for"),
        ("a:b:exited", "/etc/supervisord.conf:10: warning: dependent_startup_wait_for of child has too many colons"),
        ("a:stopped", "/etc/supervisord.conf:10: warning: child never starts: it waits for a to be 'stopped'"),
        ("a:completed", "/etc/supervisord.conf:10: warning: child never starts"),
    ])
    func mistakesInDependentStartupKeysAreWarnings(text: String, beginning: String) throws {
        let plan = try plan(service("a") + service("child", waitsFor(text)))
        #expect(plan.problems.count == 1)
        #expect(plan.problems.first?.description.hasPrefix(beginning) == true, "\(plan.problems)")
    }

    @Test func anEdgeWithoutAStateThatCanComeIsNeverSatisfied() throws {
        let plan = try plan(service("a") + service("child", waitsFor("a:stopped")) + service("last", waitsFor("child")))
        #expect(plan.names == ["a"])
        #expect(plan.problems.first?.message.hasSuffix("so these never start either: last (waits for child)") == true)
    }

    @Test(arguments: ["autostart=true", "; nothing"])
    func withoutAnExplicitAutostartFalseAProgramIsNotHandledAndOthersMayWaitForIt(line: String) throws {
        let plan = try plan(
            "[program:web]\ncommand=/bin/true\ndependent_startup=true\n\(line)\n"
                + service("child", waitsFor("web:running"))
        )
        #expect(plan.programs.map { $0.isManaged } == [false, true])
        #expect(plan.programs.map { $0.level } == [0, 1])
        #expect(plan.waits("child") == ["web:running"])
        #expect(plan.problems.count == 1)
    }

    @Test(arguments: [
        ("yes", true), ("TRUE", true), ("on", true), ("1", true), ("no", false), ("0", false), ("x", false),
    ])
    func booleansAreSupervisordsWords(word: String, isManaged: Bool) throws {
        let plan = try plan("[program:a]\ncommand=/bin/true\nautostart=false\ndependent_startup=\(word)\n")
        #expect(plan.programs.map { $0.isManaged } == [isManaged])
    }

    @Test func ofAKeyThatStandsTwiceTheLastOneCounts() throws {
        let plan = try plan(
            service("swssconfig") + service("orchagent")
                + service("child", waitsFor("swssconfig:exited"), waitsFor("orchagent:running"))
        )
        #expect(plan.waits("child") == ["orchagent:running"])
    }

    @Test func expansionsAreDone() throws {
        let plan = try plan(service("web_host") + service("child", waitsFor("web_%(host_node_name)s:exited")))
        #expect(plan.waits("child") == ["web_host:exited"])
    }

    @Test func aParentIsTheNameOfASectionNeverAGroupOrProcess() throws {
        let plan = try plan(
            service("web", "numprocs=2", "process_name=%(program_name)s_%(process_num)d")
                + service("one", waitsFor("web")) + service("two", waitsFor("web_0")) + service("three", waitsFor("g"))
                + "[group:g]\nprograms=one\n"
        )
        #expect(["one", "two", "three"].map { plan.waits($0) } == [["web:running"], [], []])
        #expect(plan.parents.map { $0.processes } == [[0, 1]])
    }

    @Test func keysWithoutDependentStartupHaveNoEffectAndAreNamed() throws {
        let plan = try plan(
            service("a") + "[program:b]\ncommand=/bin/true\nautostart=false\n" + waitsFor("a") + "\n"
        )
        #expect(plan.names == ["a"])
        #expect(
            plan.problems.map { $0.message } == [
                "b has dependent_startup_wait_for without dependent_startup=true, so it has no effect"
            ]
        )
    }
}

// MARK: - Order

extension DependentDialectTests {
    /// The graph with which supervisord-dependent-startup tests its own order.
    private func slurm(_ keys: [String: String] = [:]) throws -> [String] {
        let waits = [
            "consul": "", "consul2": "consul", "consul3": "consul consul2", "slurmd": "consul",
            "slurmd2": "consul slurmd", "slurmd3": "consul slurmd", "slurmd4": "consul slurmd",
        ]
        let sections = waits.keys.sorted().reversed().map { name in
            let wait = waits[name].flatMap { $0.isEmpty ? nil : waitsFor($0) } ?? "; a root"
            return service(name, wait, keys[name] ?? "; nothing else")
        }
        return try plan(sections.joined()).names
    }

    @Test func theOrderIsThatOfLevelsThenPrioritiesThenNames() throws {
        #expect(try slurm() == ["consul", "consul2", "slurmd", "consul3", "slurmd2", "slurmd3", "slurmd4"])
        #expect(
            try slurm(["slurmd": "priority=100"])
                == ["consul", "slurmd", "consul2", "consul3", "slurmd2", "slurmd3", "slurmd4"]
        )
        #expect(
            try slurm(["slurmd2": "priority=100"])
                == ["consul", "consul2", "slurmd", "slurmd2", "consul3", "slurmd3", "slurmd4"]
        )
    }

    @Test func aPriorityIsInheritedFromParents() throws {
        let inherits = "dependent_startup_inherit_priority=true"
        #expect(
            try slurm(["slurmd": "priority=100", "slurmd2": inherits])
                == ["consul", "slurmd", "consul2", "slurmd2", "consul3", "slurmd3", "slurmd4"]
        )
        #expect(
            try slurm(["slurmd": "priority=100", "slurmd2": inherits, "slurmd4": "priority=99"])
                == ["consul", "slurmd", "consul2", "slurmd4", "slurmd2", "consul3", "slurmd3"]
        )
        #expect(
            try slurm([
                "consul": "priority=5", "slurmd": "priority=10", "slurmd2": inherits,
                "slurmd3": "priority=15\n\(inherits)",
            ])
                == ["consul", "slurmd", "consul2", "slurmd2", "slurmd3", "consul3", "slurmd4"]
        )
    }

    @Test(arguments: [
        (["a": "priority=0", "b": "priority=7"], ["b", "a", "c"]),
        (["a": "priority=999", "b": "priority=7"], ["b", "a", "c"]),
        (["c": "priority=1500"], ["c", "a", "b"]),
        (["c": "priority=-1", "b": "priority=1"], ["c", "b", "a"]),
    ])
    func programsWithoutAPriorityComeLastAndNeither0Nor999IsOne(keys: [String: String], order: [String]) throws {
        let plan = try plan(["a", "b", "c"].map { service($0, keys[$0] ?? "; none") }.joined())
        #expect(plan.names == order)
    }

    @Test func parentsNotStartedHereCountForTheOrder() throws {
        // b stands below z because of it, and so after c, which would otherwise come later by its name.
        let plan = try plan(
            "[program:z]\ncommand=/bin/true\n[program:b]\ncommand=/bin/true\n\(waitsFor("z"))\n"
                + service("child", waitsFor("b")) + service("d", waitsFor("z"))
        )
        #expect(plan.names == ["d", "child"])
    }
}
