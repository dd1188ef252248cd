import ListenerKit
import Testing

@testable import Handlers

@Suite struct StartupPlanTests {
    private func plan(_ text: String) throws -> StartupPlan {
        StartupPlan(try SupervisorConfiguration.of(text))
    }

    private func program(_ name: String, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=/bin/true\n" + keys.map { $0 + "\n" }.joined()
    }

    private func waiting(_ name: String, for parents: String) -> String {
        program(name, "autostart=false", "startafter=\(parents)")
    }

    @Test func theThreeDialectsStandInOneConfiguration() throws {
        let plan = try plan(
            waiting("native", for: "dependent") + program("auto")
                + program(
                    "dependent",
                    "autostart=false",
                    "dependent_startup=true",
                    "dependent_startup_wait_for=ordered"
                )
                + program("ordered", "autostart=false", "startinorder=true", "priority=2")
                + program("first", "autostart=false", "startinorder=true", "priority=1")
        )
        #expect(plan.programs.map { $0.dialect } == [.listenerd, nil, .dependent, .ordered, .ordered])
        #expect(plan.programs.map { $0.level } == [4, 0, 3, 2, 1])
        #expect(plan.names == ["first", "ordered", "dependent", "native"])
        #expect(plan.problems.isEmpty)
    }

    @Test func programsStandInTheOrderOfTheFileWithWhereTheyStand() throws {
        let plan = try plan(waiting("b", for: "a") + program("a", "autostart=false", "startafter=", "priority=7"))
        #expect(plan.programs.map { $0.name } == ["b", "a"])
        #expect(plan.programs.map { $0.location.line } == [2, 6])
        #expect(plan.programs.map { $0.priority } == [nil, 7])
        #expect(plan.programs.map { $0.group } == ["b", "a"])
    }

    @Test func aCycleIsNamedInItsOrderAndEverythingElseIsStarted() throws {
        let plan = try plan(
            waiting("a", for: "b") + waiting("b", for: "c:backoff") + waiting("c", for: "a") + waiting("free", for: "")
                + waiting("d", for: "free a") + waiting("e", for: "d")
        )
        #expect(plan.names == ["free"])
        #expect(plan.programs.map { $0.level } == [nil, nil, nil, 1, nil, nil])
        #expect(
            plan.problems.map { $0.description } == [
                "/etc/supervisord.conf:5: error: a dependency cycle, so none of these ever starts: a waits for b, b waits for c, "
                    + "c waits for a; so these never start either: d (waits for a), e (waits for d) [dependency-cycle]"
            ]
        )
    }

    @Test func membersOfAnUnnamedCycleWaitForTheNamedOne() throws {
        let plan = try plan(
            waiting("a", for: "b") + waiting("b", for: "a c") + waiting("c", for: "b") + waiting("d", for: "c")
        )
        #expect(plan.names.isEmpty)
        #expect(
            plan.problems.map { $0.message } == [
                "a dependency cycle, so none of these ever starts: a waits for b, b waits for a; so these never start either: "
                    + "c (waits for b), d (waits for c)"
            ]
        )
    }

    @Test func twoProgramsWithProcessesOfOneNameAreNamed() throws {
        let plan = try plan(
            program("a", "autostart=false", "startafter=", "process_name=x")
                + program("b", "autostart=false", "startafter=", "process_name=x")
                + waiting("c", for: "b") + waiting("d", for: "a") + "[group:g]\nprograms=a,b\n"
        )
        #expect(plan.names == ["a", "d"])
        #expect(
            plan.problems.map { $0.description } == [
                "/etc/supervisord.conf:7: error: b never starts: its process g:x has the same name as one of a, and "
                    + "supervisord keeps only one of the two; change one process_name; so these never "
                    + "start either: c (waits for b) [repeated-process]"
            ]
        )
    }

    @Test func aProgramThatIsTwiceInOneGroupIsStartedOnce() throws {
        let plan = try plan(
            waiting("a", for: "") + waiting("b", for: "a") + "[group:g]\nprograms=a,a\n"
        )
        #expect(plan.names == ["a", "b"])
        #expect(plan.programs.first?.processes.count == 1)
    }

    @Test func programsThatCanDoWithoutACycleAreStarted() throws {
        let plan = try plan(waiting("a", for: "b") + waiting("b", for: "a") + waiting("c", for: "a?"))
        #expect(plan.names == ["c"])
    }

    @Test(arguments: ["a", "a:exited", "a:*", "g:*"])
    func aProgramThatWaitsForItselfIsNamed(parent: String) throws {
        let group = parent == "g:*" ? "[group:g]\nprograms=a,b\n" : ""
        let plan = try plan(waiting("a", for: parent) + waiting("b", for: "") + group)
        #expect(plan.names == ["b"])
        #expect(plan.problems.map { $0.message } == ["a waits for itself, so it never starts"])
    }

    @Test func aCycleThroughAGroupIsOne() throws {
        let plan = try plan(
            waiting("a", for: "") + waiting("b", for: "c") + waiting("c", for: "g:*") + "[group:g]\nprograms=a,b\n"
        )
        #expect(plan.names == ["a"])
        #expect(
            plan.problems.first?.message.hasPrefix(
                "a dependency cycle, so none of these ever starts: b waits for c, c waits for b"
            ) == true
        )
    }

    @Test(arguments: [
        ("exited", "autorestart=true", "waits for a to be exited, but a has autorestart=true"),
        ("completed", "autorestart=true", "waits for a to be completed, but a has autorestart=true"),
        ("exited,completed", "autorestart=true", "but a has autorestart=true"),
        ("completed", "exitcodes=", "but exitcodes= of a is empty"),
        ("running", "autostart=false", "but nothing starts a: it has autostart=false"),
    ])
    func aConditionThatCannotComeIsNamed(condition: String, key: String, words: String) throws {
        let plan = try plan(program("a", key, "startsecs=0") + waiting("b", for: "a:\(condition)"))
        #expect(plan.problems.map { $0.severity } == [.warning])
        #expect(plan.problems.first?.message.contains(words) == true, "\(plan.problems)")
        #expect(plan.names == ["b"])
    }

    @Test(arguments: [
        ("exited", "autorestart=unexpected"), ("completed", "autorestart=unexpected"), ("running", "autorestart=true"),
        ("running,exited", "autorestart=true"), ("fatal", "startsecs=0"), ("exited", "autorestart=false"),
    ])
    func aConditionThatCanComeIsNot(condition: String, key: String) throws {
        let plan = try plan(program("a", key, "startsecs=0") + waiting("b", for: "a:\(condition)"))
        #expect(plan.problems.isEmpty)
    }

    @Test(arguments: [
        ("a:completed", "priority=1", true), ("a:exited,completed", "startsecs=5", true),
        ("a:completed", "startsecs=0", false),
        ("a:running,completed", "priority=1", false), ("a", "priority=1", false),
    ])
    func aTaskThatMustRunForSomeTimeIsNamed(item: String, key: String, isFound: Bool) throws {
        let plan = try plan(program("a", key) + waiting("b", for: item) + waiting("c", for: item))
        let seconds = key == "startsecs=5" ? 5 : 1
        let finding = """
            /etc/supervisord.conf:\(seconds == 5 ? 4 : 2): warning: b waits for the end of a, which fails if it comes within \
            \(seconds) s: supervisord then starts it again, up to FATAL; set startsecs=0 for a [quick-end]
            """
        #expect(plan.problems.map { $0.description } == (isFound ? [finding] : []))
    }

    @Test func severalDialectsInOneProgramAreNamed() throws {
        let plan = try plan(
            program("a")
                + program("b", "autostart=false", "startinorder=true", "dependent_startup=true", "startafter=a")
        )
        #expect(plan.programs.last?.dialect == .listenerd)
        #expect(
            plan.problems.map { $0.description } == [
                "/etc/supervisord.conf:8: warning: b has startafter, dependent_startup and startinorder; only "
                    + "startafter counts [ineffective-key]"
            ]
        )
    }

    @Test(arguments: [
        ("startafter=ping2", "no program, group or process has that name"),
        ("startafter=ping2?", nil),
        ("dependent_startup=true\ndependent_startup_wait_for=ping2:running", "ignoring this dependency"),
    ])
    func aProgramIsNotMeantToWaitForItself(keys: String, end: String?) throws {
        let plan = try plan(program("ping3", "autostart=false\n\(keys)"))
        #expect(plan.problems.count == (end == nil ? 0 : 1))
        #expect(plan.problems.allSatisfy { $0.message.hasSuffix(end ?? "") }, "\(plan.problems)")
    }

    @Test(arguments: [
        ("start_after=a", "startafter"), ("startsafter=", "startafter"),
        ("dependent_startup_waitfor=a", "dependent_startup_wait_for"),
        ("dependant_startup=true", "dependent_startup"), ("startinorer=true", "startinorder"),
    ])
    func aMisspeltKeyIsNamed(line: String, meant: String) throws {
        let plan = try plan(program("a", line))
        #expect(plan.problems.count == 1)
        #expect(plan.problems.first?.location.line == 4)
        #expect(plan.problems.first?.message.hasSuffix("did you mean '\(meant)'?") == true, "\(plan.problems)")
    }

    @Test func keysOfOthersAreLeftAlone() throws {
        let plan = try plan(
            program("a", "startsecs=0", "redirect_stderr=true", "my_key=1", "serverurl=AUTO", "stopwaitsecs=3")
        )
        #expect(plan.problems.isEmpty)
    }

    @Test func tenThousandProgramsArePlannedQuickly() throws {
        var text = ""
        for index in 0..<10_000 {
            text += waiting("p\(index)", for: index == 0 ? "" : "p\(index / 2) p\(index - 1):exited")
        }
        let plan = try plan(text)
        #expect(plan.order == Array(0..<10_000))
        #expect(plan.programs.last?.level == 10_000)
    }
}
