import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

/// Which processes `restart` means by names, and in which order.
@Suite struct RestartPlanTests {
    private static let configuration = """
        [program:web]
        command=x
        numprocs=3
        process_name=web_%(process_num)d
        autostart=false
        startafter=api
        [program:api]
        command=x
        autostart=false
        startafter=db
        [program:db]
        command=x
        priority=5
        [program:cache]
        command=x
        priority=1
        [program:job]
        command=x
        autorestart=false
        autostart=false
        startafter=db
        [program:left]
        command=x
        [program:right]
        command=x
        [group:pair]
        programs=right,left
        [eventlistener:listenerd]
        command=listenerd --ordered-startup
        events=PROCESS_STATE

        """

    @Test(arguments: [
        ("db", "db"),
        ("web:web_1", "web:web_1"),
        ("web:*", "web:web_0 web:web_1 web:web_2"),
        ("web:", "web:web_0 web:web_1 web:web_2"),
        ("pair:left", "pair:left"),
        ("pair:*", "pair:right pair:left"),
        // The order of the names, unless one depends on the other.
        ("db cache", "db cache"),
        ("cache db", "cache db"),
        ("web:web_2 api db cache", "db api web:web_2 cache"),
        ("web:web_2 web:*", "web:web_2 web:web_0 web:web_1"),
        ("db db db:*", "db"),
        ("all", "cache db pair:right pair:left api job web:web_0 web:web_1 web:web_2"),
        ("web:web_1 all", "db api web:web_1 cache pair:right pair:left job web:web_0 web:web_2"),
        ("listenerd", "listenerd"),
        ("listenerd:*", "listenerd"),
        ("all listenerd", "cache db pair:right pair:left api job web:web_0 web:web_1 web:web_2 listenerd"),
    ])
    func namesMeanWhatSupervisorctlTakesThemFor(names: String, meant: String) throws {
        #expect(try RestartPlan(names, of: Self.configuration).names == meant)
    }

    @Test(arguments: [
        ("wbe:*", "no group is named 'wbe:*'; did you mean 'web:*'?"),
        ("web", "no process is named 'web'; did you mean 'web:*'?"),
        ("wbe", "no process is named 'wbe'; did you mean 'web:*'?"),
        ("web:web_7", "no process is named 'web:web_7'; did you mean 'web:web_0'?"),
        ("left", "no process is named 'left'; did you mean 'pair:left'?"),
        ("pair:wrong", "no process is named 'pair:wrong'"),
        ("ab", "no process is named 'ab'; did you mean 'db'?"),
        ("nothing:*", "no group is named 'nothing:*'"),
        ("All", "no process is named 'All'"),
        (":", "no group is named ':'"),
        (":x", "no process is named ':x'"),
    ])
    func aNameThatNothingHasIsExplained(name: String, sentence: String) {
        #expect(throws: UnknownRestartNames.self) { try RestartPlan(name, of: Self.configuration) }
        do {
            _ = try RestartPlan("db \(name) db", of: Self.configuration)
        } catch {
            #expect((error as? UnknownRestartNames)?.sentences == [sentence])
        }
    }

    @Test func everyUnknownNameIsNamedOnce() {
        do {
            _ = try RestartPlan("x:* db y x:* z", of: Self.configuration)
            Issue.record("they are unknown")
        } catch {
            #expect((error as? UnknownRestartNames)?.names.map { $0.name } == ["x:*", "y", "z"])
        }
    }

    @Test(arguments: ["db", "db:*"]) func whatSupervisordHasNotReadYetIsExplained(name: String) {
        do {
            _ = try RestartPlan(name, of: Self.configuration, ["db": nil])
            Issue.record("it is unknown")
        } catch {
            let advice = "supervisord has not read the configuration since that was added; run supervisorctl update"
            #expect((error as? UnknownRestartNames)?.names.map { $0.advice } == [advice])
        }
    }

    @Test(arguments: [
        // By a name of its own, whatever its state.
        ("db", ProcessState?.some(.stopped), true),
        ("db", .exited, true),
        ("db", .fatal, true),
        ("db:*", .stopped, false),
        ("db:*", .stopping, false),
        ("db:*", .fatal, true),
        ("db:*", .backoff, true),
        ("db:*", .starting, true),
        ("db:*", .exited, false),
        ("all", .stopped, false),
        ("all", .fatal, true),
        ("db:* db", .stopped, true),
        ("db all", .stopped, true),
    ])
    func onlyWhatIsNamedByItselfIsStartedIfItIsStopped(names: String, state: ProcessState?, isTarget: Bool) throws {
        let plan = try RestartPlan(names, of: Self.configuration, ["db": state])
        let db = ProcessName(group: "db", process: "db")
        #expect(plan.targets.contains { $0.name == db } == isTarget)
        #expect(plan.leftAlone.contains { $0.name == db } != isTarget)
    }

    @Test func whatIsLeftAloneIsGivenAReason() throws {
        let plan = try RestartPlan("all", of: Self.configuration, ["db": .stopped, "job": .exited])
        #expect(
            plan.leftAlone.map { "\($0.name): \($0.reason)" }
                == ["listenerd: an event listener", "db: STOPPED", "job: completed"]
        )
    }

    @Test(arguments: [
        ("db", "db api job web:web_0 web:web_1 web:web_2"),
        ("api", "api web:web_0 web:web_1 web:web_2"),
        ("web:web_0", "web:web_0"),
        ("web:web_1 db", "db api web:web_1 job web:web_0 web:web_2"),
    ])
    func dependentsComeAfterWhatTheyDependOn(names: String, meant: String) throws {
        #expect(try RestartPlan(names, includesDependents: true, of: Self.configuration).names == meant)
    }

    @Test func dependentsThatAreStoppedOrCompletedAreLeftAlone() throws {
        let states: [String: ProcessState?] = ["job": .exited, "web:web_1": .stopped, "web:web_2": nil]
        let plan = try RestartPlan("db", includesDependents: true, of: Self.configuration, states)
        #expect(plan.names == "db api web:web_0")
    }

    @Test(arguments: [
        ("db", ["api depends on db and was not restarted", "job depends on db and was not restarted"]),
        ("api", ["web depends on api and was not restarted"]),
        ("web:web_0", []),
        ("db api", ["web depends on api and was not restarted", "job depends on db and was not restarted"]),
        ("all", []),
    ])
    func dependentsThatWereNotRestartedAreNamed(names: String, notes: [String]) throws {
        let plan = try RestartPlan(names, of: Self.configuration)
        let restarted = Set(plan.targets.map { $0.name })
        #expect(plan.notes(restarted: restarted, isUp: { _ in true }) == notes)
        #expect(plan.notes(restarted: restarted, isUp: { _ in false }) == [])
        #expect(plan.notes(restarted: [], isUp: { _ in true }) == [])
    }

    @Test func eachComesAfterTheTargetsThatItDependsOn() throws {
        let plan = try RestartPlan("all", of: Self.configuration)
        let predecessors = plan.targets.map { target in
            "\(target.name): \(target.predecessors.map { plan.targets[$0].name.description }.joined(separator: " "))"
        }
        #expect(
            predecessors == [
                "cache: ", "db: ", "pair:right: ", "pair:left: ", "api: db", "job: db", "web:web_0: api",
                "web:web_1: api", "web:web_2: api",
            ]
        )
    }

    @Test func programsThatWaitForEachOtherHaveNoOrder() throws {
        let configuration = """
            [program:a]
            command=x
            autostart=false
            startafter=b
            [program:b]
            command=x
            autostart=false
            startafter=a

            """
        let plan = try RestartPlan("b a", of: configuration)
        #expect(plan.targets.map { $0.predecessors } == [[], []])
        #expect(try RestartPlan("a", includesDependents: true, of: configuration).names == "a b")
    }
}
