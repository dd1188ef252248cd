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

    @Test func anUnknownStateIsReportedAndCountsAsRunning() throws {
        let plan = try plan(
            program("one", "startinorder=true", "autostart=false", "startnextafter=ready", "priority=1")
                + program("two", "startinorder=true", "autostart=false", "priority=2")
        )
        #expect(plan.programs[1].dependencies.first?.conditions == .running)
        #expect(
            plan.problems.map { $0.description } == [
                "/etc/supervisord.conf:6: warning: unknown state 'ready' in startnextafter; using RUNNING [unknown-state]"
            ]
        )
    }

    /// Programs in the order of their priorities, each with letters for its keys: `i` startinorder=true, `e`
    /// startnextafter=exited, `A` autostart=true, `-` no autostart at all, `s` startafter=, `d` dependent_startup=true, `w`
    /// dependent_startup_wait_for, `f` for an [fcgi-program:x]; the others have autostart=false.
    private func line(_ programs: String) -> String {
        programs.split(separator: " ").enumerated().map { place, word in
            let name = String(word.prefix(1))
            let keys = word.dropFirst()
            let lines = [
                "[\(keys.contains("f") ? "fcgi-program" : "program"):\(name)]",
                "command=/bin/true",
                "priority=\(place)",
                keys.contains("-") ? "" : "autostart=\(keys.contains("A"))",
                keys.contains("i") ? "startinorder=true" : "",
                keys.contains("e") ? "startnextafter=exited" : "",
                keys.contains("s") ? "startafter=" : "",
                keys.contains("d") ? "dependent_startup=true" : "",
                keys.contains("w") ? "dependent_startup_wait_for=a" : "",
                keys.contains("f") ? "socket=tcp://localhost:9" : "",
            ]
            return lines.filter { !$0.isEmpty }.map { $0 + "\n" }.joined()
        }.joined()
    }

    /// The programs that are started in the dialect of the line, each with what it waits for.
    private func members(_ plan: StartupPlan) -> String {
        plan.programs.filter { $0.dialect == .ordered }.map { program in
            program.name + waits(program.name, plan).map { "<\($0)" }.joined()
        }.joined(separator: " ")
    }

    @Test(arguments: [
        // The last one needs no startinorder, nor does the first.
        ("aie z", "a z<a:exited"), ("a", ""), ("ai", "a"), ("ai b", "a b<a:running"),
        ("ai bie c", "a b<a:running c<b:exited"), ("ai bi ci", "a b<a:running c<b:running"),
        // A first program without the key is started, and has nothing started after it.
        ("a bi c", "a"),
        // One in the middle ends the line there, and so do several.
        ("ai b c", "a b<a:running"), ("ai b c d", "a b<a:running"),
        ("ai b ci di e", "a b<a:running"),
        // supervisord starts some itself: with the key they drive the next one, without it they are not in the line.
        ("aiA b", "b<a:running"), ("ai- b", "b<a:running"), ("aA bi c", "b c<b:running"),
        ("ai b- ci d", "a c<a:running d<c:running"), ("ai biA c", "a c<b:running"), ("ai bieA c", "a c<b:exited"),
        ("ai b ciA d", "a b<a:running d<c:running"),
        // Those of other dialects are not in the line, nor are sections of other kinds.
        ("ai bs ci", "a c<a:running"), ("ai bd ci", "a c<a:running"), ("ai bw ci", "a c<a:running"),
        ("bs ai c", "a c<a:running"), ("ai bf ci", "a c<a:running"), ("as bd c", ""), ("asi b", ""),
    ])
    func everyProgramStandsInTheLineAndThoseWithTheKeyHaveTheNextOneStarted(programs: String, expected: String) throws {
        #expect(try members(plan(line(programs))) == expected)
    }

    private static let ends = "has no startinorder=true, so the line ends with it; never started:"
    private static let early =
        "has startinorder=true but not autostart=false, so supervisord starts it at once; set autostart=false"
    private static let effect = "has startnextafter without startinorder=true, so it has no effect"

    @Test(arguments: [
        ("ai b", []), ("ai bi", []), ("aiA b", []), ("aA bi c", []), ("ai bA ci", []),
        ("ai b ciA d", ["c \(early)"]), ("ai- b", ["a \(early)"]), ("ai biA c", ["b \(early)"]),
        ("ai b c", ["b \(ends) c"]), ("ai b c d", ["b \(ends) c, d"]), ("ai b ci d", ["b \(ends) c, d"]),
        ("ai b c diA e f", ["b \(ends) c", "d \(early)", "e \(ends) f"]), ("a bi", ["a \(ends) b"]),
        ("ai be c", ["b \(ends) c"]), ("ai be", ["b \(effect)"]), ("ai beA ci", ["b \(effect)"]),
        ("ae b", ["a \(effect)"]),
    ])
    func programsLeftOutOfTheLineAreReportedOnce(programs: String, expected: [String]) throws {
        let plan = try plan(line(programs))
        #expect(plan.problems.map { $0.message } == expected)
        #expect(plan.problems.allSatisfy { $0.severity == .warning })
    }

    @Test func theEndOfTheLineIsReportedAtTheProgramThatEndsIt() throws {
        #expect(try plan(line("ai b c")).problems.map { $0.location.line } == [7])
        // Its own key is at fault if it has one that looks as if the line went on.
        #expect(try plan(line("ai be c")).problems.map { $0.location.line } == [11])
    }

    @Test func programsBehindTheEndOfTheLineKnowWhereItIs() throws {
        let plan = try plan(line("ai b c d eiA f g"))
        #expect(plan.programs.map { $0.endOfLine } == [nil, nil, "b", "b", nil, nil, "f"])
        #expect(
            plan.programs[2].reasonForNoStart == "autostart=false, and the startinorder line ends before it, at b"
        )
        let other = try self.plan(program("x", "autostart=false"))
        #expect(other.programs[0].reasonForNoStart == "autostart=false, and no key that says when to start it")
    }

    @Test func aProgramWithoutTheKeyWaitsForAllProcessesOfTheOneBeforeIt() throws {
        let plan = try plan(
            program("one", "startinorder=true", "autostart=false", "numprocs=2", "process_name=one_%(process_num)d")
                + program("last", "autostart=false") + "[group:g]\nprograms=last\n"
        )
        #expect(plan.awaitedProcesses("last") == ["one:one_0", "one:one_1"])
        #expect(plan.names == ["one", "last"])
    }

    @Test func anAutostartMemberIsReportedAndNotStartedHere() throws {
        let plan = try plan(
            program("one", "startinorder=true", "priority=1")
                + program("two", "startinorder=true", "autostart=false", "priority=2")
        )
        #expect(plan.programs.map { $0.isManaged } == [false, true])
        #expect(plan.problems.count == 1)
        #expect(plan.problems.first?.message.contains("supervisord starts it at once") == true)
    }

    @Test func aWrongBooleanIsReportedAndTheProgramLeftAlone() throws {
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
