import ListenerKit
import Testing

@testable import Handlers

@Suite struct OrderedDialectTests {
    private func plan(_ text: String) throws -> StartupPlan {
        StartupPlan(try SupervisorConfiguration.of(text))
    }

    private func names(_ plan: StartupPlan) -> [String] {
        plan.order.map { plan.programs[$0].name }
    }

    private func waits(_ name: String, _ plan: StartupPlan) -> [String] {
        plan.programs.filter { $0.name == name }.flatMap { $0.dependencies }.map {
            "\(plan[parent: $0].name):\($0.conditions)"
        }
    }

    private func program(_ name: String, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=/bin/true\n" + keys.map { $0 + "\n" }.joined()
    }

    @Test func programsStandInTheOrderOfTheirPriorities() throws {
        let plan = try plan(
            program("c", "startinorder=true", "autostart=false", "priority=30")
                + program("a", "startinorder=true", "autostart=false", "priority=10")
                + program("b", "startinorder=true", "autostart=false", "priority=20")
        )
        #expect(names(plan) == ["a", "b", "c"])
        #expect(["a", "b", "c"].map { waits($0, plan) } == [[], ["a:running"], ["b:running"]])
        #expect(plan.problems.isEmpty)
    }

    @Test func equalPrioritiesKeepTheOrderOfTheFile() throws {
        let plan = try plan(["z", "y", "x"].map { program($0, "startinorder=yes", "autostart=no") }.joined())
        #expect(names(plan) == ["z", "y", "x"])
    }

    @Test func aProgramWithoutPriorityComesAfterOneWith999() throws {
        let plan = try plan(
            program("none", "startinorder=true", "autostart=false")
                + program("explicit", "startinorder=true", "autostart=false", "priority=999")
        )
        #expect(names(plan) == ["explicit", "none"])
    }

    @Test(arguments: [
        ("RUNNING", StartupConditions.running), ("exited", .exited), ("Starting", .started), ("BACKOFF", .backoff),
        ("STOPPING", .stopping), ("stopped", .stopped), ("FATAL", .fatal), ("UNKNOWN", .unknown),
    ])
    func startnextafterTakesEveryStateInAnyCase(word: String, conditions: StartupConditions) throws {
        let plan = try plan(
            program("one", "startinorder=true", "autostart=false", "startnextafter=\(word)", "priority=1")
                + program("two", "startinorder=true", "autostart=false", "priority=2")
        )
        #expect(plan.programs[1].dependencies.first?.conditions == conditions)
    }

    @Test func withoutStartnextafterTheNextOneWaitsForRunning() throws {
        let plan = try plan(["a", "b"].map { program($0, "startinorder=true", "autostart=false") }.joined())
        #expect(plan.programs[1].dependencies.first?.conditions == .running)
    }

    @Test func anUnknownStateIsSaidAndCountsAsRunning() throws {
        let plan = try plan(
            program("one", "startinorder=true", "autostart=false", "startnextafter=ready", "priority=1")
                + program("two", "startinorder=true", "autostart=false", "priority=2")
        )
        #expect(plan.programs[1].dependencies.first?.conditions == .running)
        #expect(
            plan.problems.map { $0.description } == [
                "/etc/supervisord.conf:6: warning: startnextafter=ready is no state of supervisord's; RUNNING is taken instead"
            ]
        )
    }

    @Test func anAutostartMemberIsSaidAndNotStartedHere() throws {
        let plan = try plan(
            program("one", "startinorder=true", "priority=1")
                + program("two", "startinorder=true", "autostart=false", "priority=2")
        )
        #expect(plan.programs.map { $0.isManaged } == [false, true])
        #expect(plan.problems.count == 1)
        #expect(plan.problems.first?.message.contains("supervisord starts it itself") == true)
    }

    @Test func aWrongBooleanIsSaidAndTheProgramLeftAlone() throws {
        let plan = try plan(program("one", "startinorder=maybe", "autostart=false"))
        #expect(plan.order.isEmpty)
        #expect(plan.problems.count == 1)
    }

    @Test func otherProgramsAreLeftAlone() throws {
        let plan = try plan(program("web") + program("off", "startinorder=false", "autostart=false"))
        #expect(plan.order.isEmpty)
        #expect(plan.programs.map { $0.dialect } == [nil, nil])
    }

    @Test func membersOfGroupsAndNumprocsAreNamedAsSupervisordNamesThem() throws {
        let plan = try plan(
            program("one", "startinorder=true", "autostart=false", "numprocs=2", "process_name=one_%(process_num)d")
                + program("two", "startinorder=true", "autostart=false") + "[group:g]\nprograms=two\n"
        )
        #expect(plan.programs.map { $0.processes.map { $0.description } } == [["one:one_0", "one:one_1"], ["g:two"]])
    }
}
