import ListenerKit
import Testing

@testable import Handlers

@Suite struct NativeDialectTests {
    private func plan(_ text: String) throws -> StartupPlan {
        StartupPlan(try SupervisorConfiguration.of(text))
    }

    private func program(_ name: String, after: String? = nil, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=/bin/true\nautostart=false\n" + (after.map { "startafter=\($0)\n" } ?? "")
            + keys.map { $0 + "\n" }.joined()
    }

    private static let parents = """
        [program:db]
        command=/bin/true
        [program:web]
        command=/bin/true
        numprocs=2
        process_name=worker_%(process_num)d
        [program:member]
        command=/bin/true
        [program:other]
        command=/bin/true
        [group:g]
        programs=member,other
        [program:member1]
        command=/bin/true
        [program:many]
        command=/bin/true
        numprocs=3
        process_name=many_%(process_num)d
        [program:single]
        command=/bin/true
        process_name=only
        [group:h]
        programs=many,single

        """

    /// Where `startafter` of the program behind these stands.
    private static let lineOfKey = parents.split(separator: "\n", omittingEmptySubsequences: false).count + 4

    @Test(arguments: [
        ("db", ["db:running"], ["db"]),
        ("db:completed", ["db:completed"], ["db"]),
        ("db:Running,EXITED", ["db:running,exited"], ["db"]),
        (
            "db:started,backoff,stopping,stopped,fatal,unknown", ["db:started,backoff,stopping,stopped,fatal,unknown"],
            ["db"]
        ),
        ("db:starting?", ["db:started?"], ["db"]),
        ("db? member:exited", ["db:running?", "member:exited"], ["db", "g:member"]),
        ("web", ["web:running"], ["web:worker_0", "web:worker_1"]),
        ("web:*", ["web:*:running"], ["web:worker_0", "web:worker_1"]),
        ("web:worker_1:exited", ["web:worker_1:exited"], ["web:worker_1"]),
        ("g:*:running,exited?", ["g:*:running,exited?"], ["g:member", "g:other"]),
        ("g:other", ["g:other:running"], ["g:other"]),
        ("missing? absent:running?", [], []),
        ("", [], []),
    ])
    func dependenciesAreParsed(text: String, expected: [String], processes: [String]) throws {
        let plan = try plan(Self.parents + program("child", after: text))
        #expect(plan.waits("child") == expected)
        #expect(plan.awaitedProcesses("child") == processes)
        #expect(plan.problems.allSatisfy { $0.rule == .quickEnd })
        #expect(plan.names == ["child"])
    }

    @Test(arguments: [
        ("dbb", "no program, group or process has that name; did you mean 'db'?"),
        ("db,cache", "no program, group or process has that name; separate parents by spaces"),
        ("g", "no program, group or process has that name; did you mean 'g:*'?"),
        ("db:runing", "'runing' is neither a condition nor a process of 'db'; did you mean 'running'?"),
        ("web:worker_2", "child never starts: it waits for 'web:worker_2'"),
        ("db:", "child never starts: it waits for 'db:'"),
        ("db:startin", "'startin' is neither a condition nor a process of 'db'; did you mean 'starting'?"),
        ("db:healthy", "'healthy' is neither a condition nor a process of 'db'; did you mean 'running'? (conditions: "),
        ("db:service_healthy", "did you mean 'running'?"), ("db:service_started", "did you mean 'started'?"),
        ("db:Service_Completed_Successfully", "did you mean 'completed'? (conditions: started, running, completed"),
        ("db:running,up", "'up' is neither a condition nor a process of 'db'; did you mean 'running'?"),
        (
            "db:sideways",
            "'sideways' is neither a condition nor a process of 'db' (conditions: started, running, completed, exited, "
                + "backoff, stopping, stopped, fatal, unknown, starting)"
        ),
        ("g:other:healthy", "but 'healthy' is not a condition; did you mean 'running'?"),
        ("web:*:healthy", "but 'healthy' is not a condition; did you mean 'running'?"),
        ("web:web", "write 'web' for all 2 processes of that program, or 'web:worker_0' for one"),
        ("h:many", "no process has that name; write 'many' for all 3 processes of that program, or 'h:many_0' for one"),
        ("h:single", "no process has that name; write 'single', the name of the program"),
    ])
    func anUnknownParentIsAnErrorAndItsChildIsNotStarted(text: String, words: String) throws {
        let plan = try plan(Self.parents + program("child", after: text) + program("free", after: ""))
        #expect(plan.names == ["free"])
        #expect(plan.problems.map { $0.severity } == [.error])
        #expect(plan.problems.first?.location.line == Self.lineOfKey)
        #expect(plan.problems.first?.message.contains(words) == true, "\(plan.problems)")
    }

    @Test(arguments: [
        ("db ?", "child has '?' in startafter= without a name; write it directly after the parent"),
        (":running?", "child has ':running?' in startafter= without a name"),
        ("db:complete?", "child does not wait for 'db:complete': 'complete' is neither a condition nor a process"),
        ("db:runing,exited?", "'runing' is neither a condition nor a process of 'db'; did you mean 'running'?"),
        (
            "dbb?",
            "child does not wait for 'dbb': no program, group or process has that name; did you mean 'db'"
        ),
        ("othre:exited?", "no program, group or process has that name; did you mean 'other'?"),
        ("g?", "no program, group or process has that name; did you mean 'g:*'?"),
        ("db:healthy?", "'healthy' is neither a condition nor a process of 'db'; did you mean 'running'?"),
        ("db:sideways?", "'sideways' is neither a condition nor a process of 'db' (conditions: started"),
        ("web:healthy?", "'healthy' is neither a condition nor a process of 'web'; did you mean 'running'?"),
        ("h:many?", "write 'many' for all 3 processes of that program, or 'h:many_0' for one"),
    ])
    func anOptionalItemThatIsHardlyMeantIsNamedAndHoldsNobodyBack(text: String, words: String) throws {
        let plan = try plan(Self.parents + program("child", after: text))
        #expect(plan.names == ["child"])
        #expect(plan.problems.map { $0.severity } == [.warning])
        #expect(plan.problems.first?.location.line == Self.lineOfKey)
        #expect(plan.problems.first?.message.contains(words) == true, "\(plan.problems)")
    }

    @Test(arguments: ["web:worker_2?", "member2?", "missing?", "missing:complete?", "cache:running?"])
    func anOptionalParentMayBeAbsent(text: String) throws {
        #expect(try plan(Self.parents + program("child", after: text)).problems.isEmpty)
    }

    @Test func aParentWithoutAPriorityStandsAt999AndTiesGoByName() throws {
        let plan = try plan(
            program("b", after: "") + program("a", after: "") + program("z", after: "", "priority=998")
                + program("y", after: "", "priority=1000")
        )
        #expect(plan.names == ["z", "a", "b", "y"])
        #expect(plan.programs.map { $0.priority } == [nil, nil, 998, 1000])
    }

    @Test func programsWithAutostartAreStartedBySupervisord() throws {
        let plan = try plan("[program:a]\ncommand=/bin/true\nstartafter=\n" + program("b", after: "a"))
        #expect(plan.names == ["b"])
        #expect(plan.programs.first?.dialect == nil)
        #expect(plan.problems.map { $0.severity } == [.warning])
    }

    @Test(arguments: ["missing", "%(nothing)s", "a"])
    func dependenciesOfAutostartedProgramsAreIgnored(text: String) throws {
        let plan = try plan("[program:a]\ncommand=/bin/true\nstartafter=\(text)\n" + program("b", after: "a"))
        #expect(plan.names == ["b"])
        #expect(plan.programs.map { $0.level } == [0, 1])
        #expect(plan.problems.map { $0.severity } == [.warning])
    }
}
