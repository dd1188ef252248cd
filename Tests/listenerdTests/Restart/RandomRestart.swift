import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

/// A restart of random programs, of which some die, or fail, meanwhile.
struct RandomRestart {
    /// What goes wrong.
    enum Trouble: CaseIterable {
        case none, deaths, failures, interruption
    }

    /// Longer than any of these restarts takes.
    private static let limit = 5000

    private var generator: SeededGenerator
    private let plan: RestartPlan
    private var programs: SimulatedPrograms
    private var reducer: RestartReducer
    private let initialPIDs: [ProcessName: Int?]
    /// Processes that have died by themselves.
    private var dead: Set<ProcessName> = []

    /// Makes a random restart.
    init(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let count = Int.random(in: 1...6, using: &generator)
        var configuration = ""
        for index in 0..<count {
            let parents = (0..<index).filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }.map { "p\($0)" }
            configuration += """
                [program:p\(index)]
                command=x
                numprocs=\(Int.random(in: 1...6, using: &generator))
                process_name=p\(index)_%(process_num)d
                \(parents.isEmpty ? "" : "autostart=false\nstartafter=\(parents.joined(separator: " "))")

                """
        }
        if count > 2, Bool.random(using: &generator) {
            configuration += "[group:g]\nprograms=p0,p1\n"
        }
        let names = Bool.random(using: &generator) ? "all" : "p\(count - 1):*"
        plan = try RestartPlan(names, includesDependents: Bool.random(using: &generator), of: configuration)
        programs = SimulatedPrograms(Array(plan.rules.keys))
        for name in programs.processes.keys.sorted() {
            programs.processes[name]?.stopTicks = Int.random(in: 0...5, using: &generator)
            programs.processes[name]?.startTicks = Int.random(in: 0...5, using: &generator)
            programs.processes[name]?.gateTicks = Int.random(in: 0..<4, using: &generator) == 0 ? 0 : nil
        }
        reducer = RestartReducer(plan, parallel: Int.random(in: 1...4, using: &generator), timeout: nil)
        initialPIDs = programs.processes.mapValues { $0.pid }
        self.generator = generator
    }

    /// Goes through it, and checks what holds for every restart.
    ///
    /// - Parameter trouble: What goes wrong.
    /// - Throws: An expectation that failed, if it does not end.
    mutating func run(_ trouble: Trouble) throws {
        var ticks = 0
        while !reducer.isOver {
            ticks += 1
            try #require(ticks < Self.limit, "it does not end")
            for action in reducer.apply(programs.observation, at: programs.now) {
                check(action)
                if let (name, fault) = programs.carryOut(action) {
                    reducer.refuse(name, fault)
                }
            }
            programs.pass()
            disturb(trouble, ticks)
        }
        reducer.observe(programs.observation)
        checkEnd(trouble)
    }

    private mutating func disturb(_ trouble: Trouble, _ ticks: Int) {
        guard trouble != .none, Int.random(in: 0..<10, using: &generator) == 0,
            let name = programs.processes.keys.sorted().randomElement(using: &generator)
        else {
            return
        }
        switch trouble {
        case .none: break
        case .deaths:
            // They come to an end, so that the restart can.
            if ticks < 100, isServing(name) {
                dead.insert(name)
                programs.exit(name)
            }
        case .failures: programs.processes[name]?.isBroken = true
        case .interruption:
            if !reducer.isInterrupted {
                reducer.interrupt()
            }
        }
    }

    private func isServing(_ name: ProcessName) -> Bool {
        programs.observation.isServing(name)
    }

    /// Checks that a process may be stopped or started now.
    private func check(_ action: RestartAction) {
        guard case .stop(let name) = action, let target = plan.targets.first(where: { $0.name == name }) else {
            return
        }
        let others = programs.processes.keys.filter { $0.group == name.group && $0 != name && !isServing($0) }
        #expect(others.count < reducer.parallel, "\(others) are down, and now \(name)")
        #expect(reducer.progress.count { $0.isInFlight } <= reducer.parallel)
        #expect(target.predecessors.allSatisfy { reducer.progress[$0].isDone })
        #expect(reducer.failure == nil && !reducer.isInterrupted)
    }

    private func checkEnd(_ trouble: Trouble) {
        let isWhole = reducer.progress.allSatisfy { $0.isDone }
        switch trouble {
        case .none, .deaths: #expect(isWhole || !dead.isEmpty)
        case .failures: #expect(isWhole == (reducer.failure == nil) || reducer.failure?.isElsewhere == true)
        case .interruption: #expect(isWhole || reducer.isInterrupted)
        }
        for (target, progress) in zip(plan.targets, reducer.progress) {
            let process = programs.processes[target.name]
            #expect(![.stopping, .stopped].contains(process?.state), "\(target.name) is left down")
            if progress.isDone {
                #expect(process?.pid != initialPIDs[target.name])
            } else if progress.isWaiting, !dead.contains(target.name) {
                #expect(process?.pid == initialPIDs[target.name], "\(target.name) was touched")
            }
        }
    }
}
