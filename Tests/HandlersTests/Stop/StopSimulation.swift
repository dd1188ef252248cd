import ExecutableTesting
import ListenerKit

@testable import Handlers

/// A reducer that stops the processes of a simulated supervisord, in which anything may happen.
///
/// Time passes only when nothing else happens, and everything depends on one seed.
struct StopSimulation {
    /// What goes wrong.
    struct Faults {
        /// Of a hundred processes, how many exit by themselves while everything stops; half of them are started again.
        var crashes = 0
        /// How often an operator starts a process.
        var starts = 0
        /// Of a hundred calls that stop a process, how many are refused.
        var refusals = 0
        /// Of a hundred processes, how many survive SIGKILL.
        var survivors = 0
        /// Of a hundred processes, how many supervisord never stops.
        var unstoppable = 0
        /// Of a hundred processes, how many do not simply run at first.
        var others = 0
        /// How long an answer may be under way.
        var lateness = Duration.milliseconds(2)
        /// Whether somebody hurries the stop.
        var hurry = false
    }

    enum Occurrence {
        case look
        /// supervisord answers.
        case snapshot
        /// The answer arrives.
        case apply([ProcessInformation], ContinuousClock.Instant)
        case stop(Int, decision: Decision)
        case hurry
        /// A process changes its state by itself, unless it has changed since.
        case transition(Int, generation: Int)
        case operatorStart(Int)
    }

    /// What was known when a process was to be stopped.
    struct Decision {
        let time: ContinuousClock.Instant
        let isHurried: Bool
        let state: ProcessState
    }

    /// The shortest and the longest time between a look's end and the next one.
    static let interval = (shortest: Duration.milliseconds(5), longest: Duration.milliseconds(25))

    let graph: StopGraph
    let faults: Faults
    var processes: [SimulatedProcess]
    var random: SeededGenerator
    var reducer: StopReducer
    var lastPID = 100
    private var agenda = WakeQueue<Occurrence>()
    private(set) var now = ContinuousClock.now
    private(set) var isHurried = false
    /// When the reducer was told to hurry, if it was.
    private(set) var hurryTime: ContinuousClock.Instant?
    /// What went against the rules.
    var violations: [String] = []
    /// The processes that were given up, by their pids.
    private(set) var givenUp: [Int] = []
    /// How long it has taken; nil as long as it has not ended.
    private(set) var duration: Duration?
    private let beginning: ContinuousClock.Instant

    init(_ graph: StopGraph, _ faults: Faults, seed: UInt64) {
        self.graph = graph
        self.faults = faults
        random = SeededGenerator(state: seed)
        reducer = StopReducer(graph.plan)
        processes = []
        beginning = now
        processes = graph.processes.map { makeProcess($0) }
    }

    /// Lets everything happen, until the stop has ended.
    mutating func run() async {
        await withDedicatedThread(.forComputations) { runToTheEnd() }
    }

    private mutating func runToTheEnd() {
        for index in processes.indices {
            scheduleTransition(of: index)
        }
        for _ in 0..<faults.starts {
            let index = Int.random(in: processes.indices, using: &random)
            schedule(.operatorStart(index), after: delay(upTo: .seconds(6)))
        }
        if faults.hurry {
            schedule(.hurry, after: delay(upTo: .seconds(3)))
        }
        schedule(.look, after: .zero)
        var steps = 0
        while duration == nil, let next = agenda.first {
            agenda.removeFirst()
            now = max(now, next.time)
            happen(next.process)
            steps += 1
            if steps > 1_000_000 {
                return violations.append("it never ends")
            }
        }
    }

    private mutating func happen(_ occurrence: Occurrence) {
        switch occurrence {
        case .look: schedule(.snapshot, after: delay(upTo: faults.lateness))
        case .snapshot:
            schedule(.apply(information, now), after: delay(upTo: faults.lateness))
            restartExited()
        case .apply(let information, let time): apply(information, ofTime: time)
        case .stop(let index, let decision): stop(index, decision)
        case .hurry:
            reducer.hurry()
            isHurried = true
            hurryTime = now
        case .transition(let index, let generation):
            if processes[index].generation == generation {
                changeState(of: index)
            }
        case .operatorStart(let index): startByOperator(index)
        }
    }

    private mutating func apply(_ information: [ProcessInformation], ofTime time: ContinuousClock.Instant) {
        let commands = reducer.apply(information, at: now)
        let states = Dictionary(uniqueKeysWithValues: information.map { ($0.name, $0.state) })
        var latest = Duration.zero
        for command in commands {
            switch command {
            case .stop(let name):
                guard let index = graph.processes.firstIndex(where: { $0.name == name }), let state = states[name]
                else {
                    violations.append("\(name) is none of the processes")
                    continue
                }
                // One call stops them all, one after the other.
                latest += .microseconds(50)
                let decision = Decision(time: time, isHurried: isHurried, state: state)
                schedule(.stop(index, decision: decision), after: latest)
            case .reportSurvivor(let name, let pid): giveUp(name, pid)
            case .finish: finish(commands)
            }
        }
        let pause = Int.random(in: 5...25, using: &random)
        schedule(.look, after: latest + delay(upTo: faults.lateness) + .milliseconds(pause))
    }

    private mutating func giveUp(_ name: ProcessName, _ pid: Int?) {
        guard let process = processes.first(where: { $0.name == name }), let pid else {
            return violations.append("\(name) is given up without a pid")
        }
        if !process.survives, !process.isUnstoppable {
            violations.append("\(name) is given up, but would have stopped")
        }
        if givenUp.contains(pid) {
            violations.append("\(name) is given up twice")
        }
        givenUp.append(pid)
    }

    private mutating func finish(_ commands: [StopCommand]) {
        duration = beginning.duration(to: now)
        if commands.last != .finish
            || commands.dropLast().contains(where: { if case .stop = $0 { true } else { false } })
        {
            violations.append("it goes on after its end")
        }
        for process in processes where process.isUp && !isGivenUp(process) && process.startTime < now - .seconds(1) {
            violations.append("\(process.name) is left")
        }
        if !reducer.apply(information, at: now).isEmpty {
            violations.append("it ends twice")
        }
    }

    func isGivenUp(_ process: SimulatedProcess) -> Bool {
        process.pid.map { givenUp.contains($0) } ?? false
    }

    /// Has something happen after a time.
    mutating func schedule(_ occurrence: Occurrence, after delay: Duration) {
        agenda.insert(.init(time: now + max(.zero, delay), process: occurrence))
    }

    mutating func chance(_ count: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < count
    }

    /// A random time up to some.
    mutating func delay(upTo longest: Duration) -> Duration {
        longest * Int.random(in: 1...64, using: &random) / 64
    }
}
