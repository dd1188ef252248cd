import ExecutableTesting
import ListenerKit

@testable import Handlers

/// A supervisord whose programs do what they can in random order, with a listener that misses, repeats and forgets.
struct StartupSimulation {
    private struct Process {
        var state = ProcessState.stopped
        /// What it or one before it in its place has reached.
        var reached: StartupConditions = []
        var isKnown = true
        var isStarted = false
        var isRefused = false
        var status = 0
    }

    let plan: StartupPlan
    let faults: Faults
    let policy: FailurePolicy
    private let timeout: Duration?
    private let names: [ProcessName]
    private let owners: [Int]
    private let numbers: [ProcessName: Int]
    private var processes: [Process]
    private var random: SeededGenerator
    private var progress: StartupProgress
    private var active: [Int] = []
    private var inDoubt = false
    private var now = ContinuousClock.now
    /// What went against the rules.
    private(set) var violations: [String] = []
    /// The processes whose failure was named.
    private(set) var named: Set<String> = []
    /// The programs that were said not to be started as long as nobody repairs what has failed.
    private(set) var saidToWait: Set<String> = []
    /// Whether it was said that the time is up.
    private(set) var isOverdue = false
    /// Why supervisord was ended, where it was.
    private(set) var end: String?

    init(
        _ plan: StartupPlan,
        _ faults: Faults,
        policy: FailurePolicy = .wait,
        timeout: Duration? = nil,
        seed: UInt64
    ) {
        self.plan = plan
        self.faults = faults
        self.policy = policy
        self.timeout = timeout
        names = plan.programs.flatMap { $0.processes }
        owners = plan.programs.indices.flatMap { index in plan.programs[index].processes.map { _ in index } }
        numbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        processes = names.map { _ in Process() }
        random = SeededGenerator(state: seed)
        progress = StartupProgress(plan, policy: policy, timeout: timeout)
    }

    /// Lets everything happen, until nothing happens any more, or supervisord is ended.
    mutating func run() async {
        await withDedicatedThread(.forComputations) { runToTheEnd() }
    }

    private mutating func runToTheEnd() {
        for program in plan.programs {
            let isKnown = !chance(faults.unknown)
            for number in program.processIndices {
                processes[number].isKnown = isKnown
                if program.isAutostarted, isKnown {
                    start(number)
                }
            }
        }
        carryOut(progress.take(snapshot(), asked: now, at: now))
        repeat {
            while !active.isEmpty, end == nil {
                step()
                pass(.milliseconds(1))
            }
            becomeKnown()
            // What was lost is seen in the end, and what hangs makes the time be up.
            inDoubt = false
            pass(progress.deadline.map { now.duration(to: $0) } ?? .zero)
            carryOut(progress.take(snapshot(), asked: now, at: now))
        } while end == nil && (!active.isEmpty || inDoubt)
    }

    /// Has supervisord read what it does not know yet.
    private mutating func becomeKnown() {
        for number in names.indices where !processes[number].isKnown {
            processes[number].isKnown = true
            if plan.programs[owners[number]].isAutostarted {
                start(number)
            }
        }
    }

    private mutating func pass(_ time: Duration) {
        now += time
        carryOut(progress.checkDeadline(at: now))
    }

    /// Whether a process has been started.
    func isStarted(_ number: Int) -> Bool { processes[number].isStarted }

    /// Whether all processes of a program have been started, but for those that supervisord refuses to start.
    func isDone(_ program: Int) -> Bool {
        plan.programs[program].processIndices.allSatisfy { processes[$0].isStarted || processes[$0].isRefused }
    }

    /// Whether a process has failed in a way that was named.
    func isNamed(_ number: Int) -> Bool { named.contains(names[number].description) }

    private mutating func chance(_ count: Int, of all: Int = 100) -> Bool {
        Int.random(in: 0..<all, using: &random) < count
    }

    private mutating func start(_ number: Int) {
        processes[number].isStarted = true
        processes[number].state = .starting
        processes[number].reached.insert(.started)
        if !chance(faults.hangs) {
            active.append(number)
        }
    }

    /// Removes the group of a program, and adds it again.
    private mutating func update(_ program: PlannedProgram) {
        active.removeAll { program.processIndices.contains($0) }
        for number in program.processIndices where processes[number].isKnown {
            processes[number].state = .stopped
            processes[number].isStarted = false
            if program.isAutostarted {
                start(number)
            }
        }
        // Where the event is lost, the next snapshot tells.
        if !chance(faults.losses), progress.groupAdded(program.group) {
            carryOut(progress.take(snapshot(), asked: now, at: now))
        }
    }

    private mutating func stop(_ number: Int, from previous: ProcessState) {
        processes[number].state = .stopped
        processes[number].reached.formUnion([.stopping, .stopped])
        active.removeAll { $0 == number }
        tell(number, .stopping(pid: 1), from: previous)
        tell(number, .stopped(pid: 1), from: .stopping)
    }

    private mutating func step() {
        if chance(faults.updates, of: 1000), let program = plan.programs.randomElement(using: &random) {
            update(program)
            guard !active.isEmpty else {
                return
            }
        }
        let place = Int.random(in: active.indices, using: &random)
        let number = active[place]
        let previous = processes[number].state
        guard previous == .backoff || !chance(faults.stops) else {
            return stop(number, from: previous)
        }
        let transition: ProcessStateEvent.Transition
        switch previous {
        case .starting: transition = chance(faults.failures) ? .backoff(tries: 4) : .running(pid: 1)
        case .backoff: transition = .fatal
        default: transition = .exited(expected: !chance(faults.failures), pid: 1)
        }
        processes[number].state = transition.state
        processes[number].reached.formUnion(StartupConditions(transition))
        if case .exited(false, _) = transition {
            processes[number].status = 1
        }
        if [.exited, .fatal].contains(transition.state) {
            active.swapAt(place, active.count - 1)
            active.removeLast()
        }
        tell(number, transition, from: previous)
    }

    private mutating func tell(_ number: Int, _ transition: ProcessStateEvent.Transition, from previous: ProcessState) {
        if chance(faults.losses) {
            return
        }
        if chance(faults.restarts, of: 100_000) {
            progress = StartupProgress(plan, policy: policy, timeout: timeout)
            inDoubt = false
            return carryOut(progress.take(snapshot(), asked: now, at: now))
        }
        for _ in 0...(chance(faults.losses) ? 1 : 0) {
            carryOut(progress.take(names[number], transition, from: previous, at: now))
        }
    }

    private func snapshot() -> [ProcessInformation] {
        names.indices.filter { processes[$0].isKnown }.map { number in
            ProcessInformation(
                name: names[number],
                state: processes[number].state,
                startTime: processes[number].isStarted ? Timestamp(seconds: 1000) : nil,
                now: Timestamp(seconds: 1000),
                exitStatus: processes[number].status
            )
        }
    }

    private mutating func carryOut(_ commands: [StartupCommand]) {
        var commands = commands[...]
        while end == nil, let command = commands.popFirst() {
            switch command {
            case .start(let process): commands += attempt(process)
            case .sayUnlessStopping(_, let message): note(message)
            case .sayFailure(_, let process, let failure, let consequence):
                note(failure.description(of: process.description) + consequence)
            case .endSupervisor(let message, _):
                note(message)
                end = message
            }
        }
    }

    private mutating func note(_ message: String) {
        if message.hasPrefix("not everything has started after ") {
            isOverdue = true
        }
        if let list = message.firstRange(of: " do not start: "), !message.hasPrefix("supervisord does not know ") {
            for item in message[list.upperBound...].split(separator: ", ") {
                saidToWait.insert(String(item.prefix { $0 != " " }))
            }
        }
        for phrase in [" is FATAL", " has exited", " cannot be started", " was stopped"] {
            if let end = message.firstRange(of: phrase) {
                let name = String(message[..<end.lowerBound])
                named.insert(name)
                if !names.indices.contains(where: { names[$0].description == name && isFailed($0) }) {
                    violations.append("\(name) has not failed, but is said to have")
                }
                return
            }
        }
    }

    /// Whether the policy lets others go on as if a parent had got where it should.
    private func goesOn(without parent: StartupParent) -> Bool {
        policy == .continue && (isOverdue || parent.processes.contains { isFailed($0) })
    }

    private func isFailed(_ number: Int) -> Bool {
        processes[number].isRefused || [.fatal, .exited].contains(processes[number].state)
            || processes[number].isStarted && processes[number].state == .stopped
    }

    private mutating func attempt(_ process: ProcessName) -> [StartupCommand] {
        let number = numbers[process] ?? 0
        if !processes[number].isKnown {
            violations.append("\(process) is not known yet")
        }
        if processes[number].isStarted {
            violations.append("\(process) is started twice")
        }
        for dependency in plan.programs[owners[number]].dependencies where !dependency.isOptional {
            let parent = plan[parent: dependency].processes.map { processes[$0].reached }
            let reached = parent.reduce(StartupConditions.all) { $0.intersection($1) }
            if reached.isDisjoint(with: dependency.conditions), !goesOn(without: plan[parent: dependency]) {
                violations.append("\(process) is started before \(plan[parent: dependency].name)")
            }
        }
        if processes[number].isRefused || chance(faults.refusals) {
            processes[number].isRefused = true
            return progress.startRefused(process, "NO_FILE", at: now)
        }
        if chance(faults.doubts) {
            if chance(50) {
                start(number)
            }
            inDoubt = true
            progress.startInDoubt(process)
            return []
        }
        start(number)
        if plan.programs[owners[number]].startSeconds <= 0 {
            processes[number].state = .running
            processes[number].reached.insert(.running)
        }
        return progress.started(process, isUp: true, at: now)
    }
}
