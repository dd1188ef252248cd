import ListenerKit
import Testing

@testable import Handlers

/// The order of starts, read backwards.
@Suite struct StopPlanTests {
    private static func program(_ name: String, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=x\n\(keys.joined(separator: "\n"))\n"
    }

    /// A program that waits for others.
    private static func waiting(_ name: String, for parents: String, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=x\nautostart=false\nstartafter=\(parents)\n\(keys.joined(separator: "\n"))\n"
    }

    private static let two = "numprocs=2\nprocess_name=%(program_name)s_%(process_num)d"

    static let graphs: [(String, [String])] = [
        ("", []),
        (program("a"), ["a"]),
        (program("a") + waiting("b", for: "a") + waiting("c", for: "b"), ["a: b", "b: c", "c"]),
        // A diamond, and a way round it.
        (
            program("a") + waiting("b", for: "a") + waiting("c", for: "a") + waiting("d", for: "b c a"),
            ["a: b c d", "b: d", "c: d", "d"]
        ),
        // Whatever is waited for, and however.
        (program("a") + waiting("b", for: "a:exited?"), ["a: b", "b"]),
        (program("a") + waiting("b", for: "a:fatal,stopped"), ["a: b", "b"]),
        // The processes of a program stop together, even if only one of them is waited for.
        (program("a", two) + waiting("b", for: "a:a_1", two), ["a: b", "b"]),
        // A group, in which others run too; a program that belongs to two.
        (
            program("a") + program("b") + waiting("c", for: "g:*") + waiting("d", for: "g:*")
                + "[group:g]\nprograms=a,b\n[group:h]\nprograms=b\n",
            ["a: c d", "b: c d", "c", "d"]
        ),
        (
            program("a") + program("b") + waiting("c", for: "h:*") + "[group:g]\nprograms=a,b\n[group:h]\nprograms=b\n",
            ["a", "b: c", "c"]
        ),
        // A program waits for the rest of its own group, which is a mistake: nothing is left that it does not wait for.
        (program("a") + waiting("b", for: "g:*") + "[group:g]\nprograms=a,b\n", ["a: b", "b"]),
        // A program without processes starts nothing, but its order counts.
        (
            program("a") + waiting("b", for: "a", "numprocs=0", "process_name=%(process_num)d")
                + waiting("c", for: "b"), ["a: c", "c"]
        ),
        // Programs that wait for each other, between others: an operator may have started them.
        (
            program("a") + waiting("b", for: "c a") + waiting("c", for: "b") + waiting("d", for: "c"),
            ["a: b c", "b: d", "c: d", "d"]
        ),
        (program("a") + waiting("b", for: "b a") + waiting("c", for: "b"), ["a: b", "b: c", "c"]),
        // A program that an error keeps from starting.
        (program("a") + waiting("b", for: "a nothing") + waiting("c", for: "b"), ["a: b", "b: c", "c"]),
        // The other dialects.
        (
            "[program:a]\ncommand=x\nautostart=false\nstartinorder=true\npriority=1\n"
                + "[program:b]\ncommand=x\nautostart=false\npriority=2\n",
            ["a: b", "b"]
        ),
        (
            program("a")
                + "[program:b]\ncommand=x\nautostart=false\ndependent_startup=true\ndependent_startup_wait_for=a:running\n",
            ["a: b", "b"]
        ),
        // A program outside the order that others wait for stops by the order, not by its priority.
        (
            program("a", "priority=2000") + waiting("b", for: "a", "priority=1") + program("c", "priority=1"),
            ["a: b", "b", "c"]
        ),
    ]

    @Test(arguments: graphs)
    func whatDependsOnAProgramIsOverBefore(configuration: String, expected: [String]) throws {
        #expect(try StopPlan.of(configuration).text == expected)
    }

    static let priorities: [(String, [String])] = [
        (program("a") + program("b"), ["a", "b"]),
        (
            program("a", "priority=1") + program("b", "priority=2") + program("c") + program("d", "priority=2"),
            ["a: b d", "b: c", "c", "d: c"]
        ),
        // What counts is the priority of the group.
        (
            program("a", "priority=1") + program("b", "priority=2") + program("c", "priority=500")
                + "[group:g]\nprograms=a,b\n",
            ["a", "b", "c: a b"]
        ),
        (
            program("a", "priority=1") + program("b", "priority=2") + program("c", "priority=500")
                + "[group:g]\nprograms=a,b\npriority=700\n",
            ["a", "b", "c: a b"]
        ),
        // A program in two groups stops in each of them.
        (
            program("a") + program("b", "priority=5")
                + "[group:g]\nprograms=a\npriority=9\n[group:h]\nprograms=a\npriority=1\n",
            ["a", "a: b", "b: a"]
        ),
        (program("a", "priority=-5") + program("b", "priority=-6"), ["a", "b: a"]),
        // Those inside stop at the same time.
        (program("a", "priority=9") + program("b", "priority=8") + waiting("c", for: ""), ["a", "b: a", "c"]),
        ("[fcgi-program:a]\ncommand=x\nsocket=tcp://localhost:1\npriority=4\n" + program("b"), ["a: b", "b"]),
    ]

    @Test(arguments: priorities)
    func outsideTheOrderTheGreaterPriorityIsOverBefore(configuration: String, expected: [String]) throws {
        #expect(try StopPlan.of(configuration).text == expected)
    }

    @Test func listenersStopLastInSupervisordsOrder() throws {
        let listeners = ["a", "b", "c"].map {
            "[eventlistener:\($0)]\ncommand=x\nevents=TICK_5\nstopwaitsecs=\($0 == "a" ? 1 : 2)\n"
        }
        let plan = try StopPlan.of(
            listeners[0] + listeners[1] + "priority=-7\n" + listeners[2] + "numprocs=2\nprocess_name=%(process_num)d\n"
                + Self.program("web")
        )
        #expect(plan.listeners.map { $0.program } == ["c", "a", "b"])
        #expect(plan.listeners.map { $0.seconds } == [2, 1, 2])
        #expect(plan.listeners[0].processes == [.of("c:0"), .of("c:1")])
        #expect(plan.text == ["web"])
    }

    @Test func manyThatWaitForManyMakeFewSteps() throws {
        let parents = (0..<100).map { Self.program("p\($0)") }.joined()
        let group = "[group:g]\nprograms=\((0..<100).map { "p\($0)" }.joined(separator: ","))\n"
        let children = (0..<100).map { Self.waiting("c\($0)", for: "g:*") }.joined()
        let plan = try StopPlan.of(parents + group + children)
        #expect(plan.steps.count == 201)
        #expect(plan.steps.reduce(0) { $0 + $1.predecessors.count } == 200)
    }

    @Test func aProcessHasOneStepWithItsTime() throws {
        let plan = try StopPlan.of(
            Self.program("a", Self.two, "stopwaitsecs=3") + Self.waiting("b", for: "a", "stopwaitsecs=-1")
                + Self.waiting("c", for: "a", "stopwaitsecs=\(Int.max)")
        )
        let steps = plan.steps.filter { $0.program == "a" }
        #expect(steps.map { $0.processes } == [[.of("a:a_0"), .of("a:a_1")]])
        #expect(steps.map { $0.seconds } == [3])
        #expect(plan.steps.first { $0.program == "b" }?.seconds == 0)
        #expect(plan.steps.first { $0.program == "c" }?.seconds == StopPlan.longestStop)
    }
}
