import ListenerKit
import Testing

@testable import Handlers

/// What goes wrong with supervisord-dependent-startup 1.4.0, and how the same configuration fares here.
///
/// What only a run can show is in the end-to-end tests, in a suite of the same name.
@Suite("Bugs of supervisord-dependent-startup that are none here")
struct DependentStartupBugsTests: StartupWriting {
    /// A program that is started in order, with its keys.
    private func service(_ name: String, after parents: String? = nil, _ keys: String...) -> String {
        let waits = parents.map { ["dependent_startup_wait_for=\($0)"] } ?? []
        let lines = ["command=/bin/true", "autostart=false", "dependent_startup=true"] + waits + keys
        return "[program:\(name)]\n" + lines.map { "\($0)\n" }.joined()
    }

    private func plan(_ sections: String...) throws -> StartupPlan {
        StartupPlan(try SupervisorConfiguration.of(sections.joined()))
    }

    /// A snapshot in which some processes are in a state, and all others were never started.
    private func snapshot(_ plan: StartupPlan, _ states: [String: ProcessState] = [:]) -> [ProcessInformation] {
        plan.programs.flatMap { $0.processes }.map { name in
            let state = states[name.description] ?? .stopped
            return ProcessInformation(
                name: name,
                state: state,
                startTime: state == .stopped ? nil : Timestamp(seconds: 900),
                now: Timestamp(seconds: 1000)
            )
        }
    }

    /// A startup that knows how things stand.
    private func world(_ plan: StartupPlan, _ states: [String: ProcessState] = [:]) -> StartupWorld {
        var world = StartupWorld(plan)
        world.see(snapshot(plan, states))
        return world
    }

    @Test("A one-shot that has ended before its events were read is started twice")
    func oneShotParent() throws {
        let plan = try plan(service("a"), service("b", after: "a:exited"))
        var world = world(plan)
        world.see("a", .starting(tries: 0))
        world.see(snapshot(plan, ["a": .exited]))
        world.see("a", .running(pid: 1))
        world.see("a", .exited(expected: true, pid: 1))
        #expect(world.started == ["a", "b"])
    }

    @Test("What the default buffer drops is never made up for")
    func lostEvents() throws {
        let names = (1...40).map { "p\($0)" }
        let services = names.map { service($0) }.joined()
        let plan = try plan(services, service("last", after: names.joined(separator: " ")))
        var world = world(plan)
        world.see(snapshot(plan, Dictionary(uniqueKeysWithValues: names.map { ($0, .running) })))
        #expect(world.started.count == 41)
        #expect(world.started.last == "last")
    }

    @Test("Whoever waits for a program that is FATAL waits without a word")
    func fatalParent() throws {
        var world = try world(plan(service("a"), service("b", after: "a")))
        world.see("a", .fatal)
        #expect(world.said == ["a is FATAL; until it is started again, these do not start: b (waits for a)"])
    }

    @Test(
        "A state that cannot come is waited for without a word",
        arguments: [
            ("a:stopped", "b never starts: it waits for a to be 'stopped'"),
            ("a:exited", "b waits for a to be exited, but a has autorestart=true"),
        ]
    )
    func impossibleState(text: String, words: String) throws {
        let plan = try plan(service("a", after: nil, "autorestart=true"), service("b", after: text))
        #expect(plan.problems.count == 1)
        #expect(plan.problems.first?.message.hasPrefix(words) == true, "\(plan.problems)")
    }

    @Test("A program that waits for itself hangs without a word")
    func selfEdge() throws {
        let plan = try plan(service("a", after: "a"), service("b"))
        #expect(plan.problems.map { $0.message } == ["a waits for itself, so it never starts"])
        #expect(plan.names == ["b"])
    }

    @Test("A listener that is killed midway starts nothing when it comes back")
    func restart() throws {
        let plan = try plan(service("a"), service("b", after: "a:running"), service("c", after: "b:exited"))
        #expect(world(plan, ["a": .running]).started == ["b"])
        #expect(world(plan, ["a": .running, "b": .exited]).started == ["c"])
        #expect(world(plan, ["a": .running, "b": .exited, "c": .starting]).started.isEmpty)
    }

    @Test("Several processes of a program in a [group:x] are started by a name that supervisord does not know")
    func severalProcessesInAGroup() throws {
        let several = service("web", after: nil, "numprocs=2", "process_name=%(program_name)s_%(process_num)d")
        #expect(try world(plan(several, "[group:team]\nprograms=web\n")).started == ["team:web_0", "team:web_1"])
    }

    @Test("A process_name with a number and no numprocs= ends the listener")
    func numberWithoutCount() throws {
        let numbered = service("web", after: nil, "process_name=%(program_name)s_%(process_num)02d")
        #expect(try world(plan(numbered)).started == ["web:web_00"])
    }

    @Test("Where supervisord starts every root itself the listener ends, and nothing else is started")
    func everyRootIsAutostarted() throws {
        let root = "[program:log]\ncommand=/bin/true\n"
        var world = try world(plan(root, service("web", after: "log:running")), ["log": .starting])
        #expect(world.started.isEmpty)
        world.see("log", .running(pid: 1))
        #expect(world.started == ["web"])
    }

    @Test("Processes of the same name in two groups are taken for each other")
    func sameNameInTwoGroups() throws {
        let plan = try plan(
            service("one", after: nil, "process_name=worker"),
            service("two", after: nil, "process_name=worker"),
            service("last", after: "two:running"),
            "[group:x]\nprograms=one\n[group:y]\nprograms=two\n"
        )
        var world = world(plan)
        world.see(ProcessName(group: "x", process: "worker"), .running(pid: 1))
        #expect(world.started == ["x:worker", "y:worker"])
        world.see(ProcessName(group: "y", process: "worker"), .running(pid: 2))
        #expect(world.started.last == "last")
    }

    @Test("A space after the comma of programs= becomes a part of the name")
    func spaceAfterComma() throws {
        let plan = try plan(service("a"), service("b", after: "a"), "[group:team]\nprograms=a, b\n")
        #expect(plan.programs.flatMap { $0.processes }.map { $0.description } == ["team:a", "team:b"])
    }

    @Test("A program of the file that supervisord has not read yet ends the listener")
    func unknownToSupervisord() throws {
        let plan = try plan(service("a"), service("b", after: "a"))
        var world = StartupWorld(plan)
        world.see(snapshot(plan).filter { $0.name.process != "b" })
        #expect(world.started == ["a"])
        #expect(world.said.first?.hasPrefix("supervisord does not know b") == true)
    }

    @Test("A program that an operator stops during the startup is started again")
    func stoppedByAnOperator() throws {
        let plan = try plan(service("a"), service("b", after: "a:exited"), service("c", after: "b"))
        var world = world(plan)
        world.see("a", .starting(tries: 0))
        world.see("a", .stopping(pid: 1))
        world.see("a", .stopped(pid: 1))
        world.see(snapshot(plan, ["a": .stopped]))
        #expect(world.started == ["a"])
        #expect(
            world.said == [
                "a was stopped; until it is started again, these do not start: b (waits for a), c (waits for b)"
            ]
        )
    }

    @Test("One process that is RUNNING and one that is FATAL keep the startup from ending")
    func failureOfOneParentOfTwo() throws {
        let several = service("web", after: nil, "numprocs=2", "process_name=%(process_num)d")
        var world = try world(plan(several))
        for (process, transition) in [("0", ProcessStateEvent.Transition.running(pid: 1)), ("1", .fatal)] {
            world.see(ProcessName(group: "web", process: process), transition)
        }
        #expect(world.progress.isFinished)
        #expect(world.said == ["started 1 of 2 processes in order in 0.0 s; not started: web:1 (FATAL)"])
    }

    @Test("The number of calls grows with the square of the number of programs", arguments: [10, 100])
    func calls(count: Int) throws {
        let chain = (0..<count).map { service("p\($0)", after: $0 > 0 ? "p\($0 - 1)" : nil) }
        var world = try world(plan(chain.joined()))
        for index in 0..<count {
            for transition in [ProcessStateEvent.Transition.starting(tries: 0), .running(pid: 1)] {
                world.see("p\(index)", transition)
            }
        }
        #expect(world.started == (0..<count).map { "p\($0)" })
    }
}
