import ExecutableTesting
import ListenerKit

@testable import Handlers

/// A supervisord whose programs do what they can in random order, and a listener that carries out what the reducer decides.
///
/// Everything takes its time: events, answers and snapshots are on their way while other things happen. Nobody looks, nudges
/// or asks but on the reducer's command; only gaps among the events are found by the listener, as ListenerKit finds them.
struct StartupSimulation {
    /// Something that is to happen.
    enum Occurrence {
        /// A process changes its state, unless it has done so since.
        case transition(Int, generation: Int)
        case event(serial: Int, SimulatedEvent)
        case listener(ListenerOccurrence, epoch: Int)
    }

    private struct Process {
        var state = ProcessState.stopped
        /// What it or one before it in its place has reached.
        var reached: StartupConditions = []
        var isKnown = true
        var isStarted = false
        var isRefused = false
        /// Whether it or one before it in its place has failed, or was stopped.
        var hasFailed = false
        var status = 0
        /// Tells the present change to come from one that does not come any more.
        var generation = 0
    }

    let plan: StartupPlan
    let faults: Faults
    let policy: FailurePolicy
    let timeout: Duration?
    private let names: [ProcessName]
    private let owners: [Int]
    private let indices: [ProcessName: Int]
    private var processes: [Process]
    var random: SeededGenerator
    var listener: SimulatedListener
    private var agenda = WakeQueue<Occurrence>()
    private(set) var now = ContinuousClock.now
    /// The number of the last event, and of the last that was delivered.
    private var serial = 0
    private var deliveredSerial = 0
    private var lastDelivery = ContinuousClock.now
    /// What went against the rules.
    var violations: [String] = []
    /// The processes whose failure was named.
    var named: Set<String> = []
    /// The programs that were said not to be started as long as nobody repairs what has failed.
    var saidToWait: Set<String> = []
    /// The processes that were replaced.
    private(set) var replaced: Set<String> = []
    /// Whether it was said that the timeout is over.
    var isOverdue = false
    /// Why supervisord was shut down, if it was.
    var end: String?

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
        indices = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        processes = names.map { _ in Process() }
        random = SeededGenerator(state: seed)
        listener = SimulatedListener(plan, policy, timeout)
    }

    /// Lets everything happen, until nothing happens any more, or supervisord is shut down.
    mutating func run() async {
        for program in plan.programs {
            let isKnown = !chance(faults.unknown)
            for index in program.processIndices {
                processes[index].isKnown = isKnown
                if program.isAutostarted, isKnown {
                    start(index)
                }
            }
        }
        startListener()
        var steps = 0
        while end == nil {
            guard let next = agenda.first else {
                guard revealGap() || becomeKnown() else {
                    return
                }
                continue
            }
            agenda.removeFirst()
            now = max(now, next.time)
            happen(next.process)
            steps += 1
            if steps > 1000 * names.count + 100_000 {
                return violations.append("it never ends")
            }
            // Other tests have deadlines.
            if steps.isMultiple(of: 64) {
                await Task.yield()
            }
        }
    }

    private mutating func happen(_ occurrence: Occurrence) {
        switch occurrence {
        case .transition(let index, let generation):
            if processes[index].generation == generation {
                step(index)
            }
        case .event(let serial, let event): deliver(event, serial)
        case .listener(let occurrence, let epoch):
            if epoch == listener.epoch {
                happen(occurrence)
            }
        }
    }

    /// Has something happen after a time.
    mutating func schedule(_ occurrence: Occurrence, after delay: Duration) {
        agenda.insert(.init(time: now + max(.zero, delay), process: occurrence))
    }

    mutating func chance(_ count: Int, of all: Int = 100) -> Bool {
        Int.random(in: 0..<all, using: &random) < count
    }

    /// A random time up to some.
    mutating func delay(upTo longest: Duration) -> Duration {
        longest * Int.random(in: 1...16, using: &random) / 16
    }

    /// Whether a process has been started.
    func isStarted(_ index: Int) -> Bool { processes[index].isStarted }

    /// Whether all processes of a program have been started, but for those that supervisord refuses to start.
    func isDone(_ program: Int) -> Bool {
        plan.programs[program].processIndices.allSatisfy { processes[$0].isStarted || processes[$0].isRefused }
    }

    /// Whether a process has failed in a way that was named.
    func isNamed(_ index: Int) -> Bool { named.contains(names[index].description) }

    /// Whether a process of a name has failed.
    func hasFailed(_ name: String) -> Bool {
        names.indices.contains { names[$0].description == name && hasFailed($0) }
    }

    private func hasFailed(_ index: Int) -> Bool {
        processes[index].isRefused || processes[index].hasFailed
    }
}

// MARK: - supervisord

extension StartupSimulation {
    private mutating func start(_ index: Int) {
        processes[index].isStarted = true
        enter(.starting(tries: 0), index)
        if plan.programs[owners[index]].startSeconds <= 0 {
            enter(.running(pid: 1), index)
        }
        if !chance(faults.hangs) {
            scheduleTransition(of: index)
        }
    }

    private mutating func scheduleTransition(of index: Int) {
        schedule(.transition(index, generation: processes[index].generation), after: delay(upTo: .milliseconds(40)))
    }

    /// Changes the state of a process, and sends the event.
    private mutating func enter(_ transition: ProcessStateEvent.Transition, _ index: Int) {
        let previous = processes[index].state
        processes[index].state = transition.state
        processes[index].generation += 1
        processes[index].reached.formUnion(StartupConditions(transition))
        switch transition {
        case .fatal, .stopped: processes[index].hasFailed = true
        case .exited(let isExpected, _):
            processes[index].hasFailed = true
            processes[index].status = isExpected ? 0 : 1
        default: break
        }
        send(.state(names[index], from: previous, transition))
        if chance(faults.restarts, of: 100_000) {
            startListener()
        }
    }

    private mutating func step(_ index: Int) {
        if chance(faults.updates, of: 1000), let program = plan.programs.randomElement(using: &random) {
            update(program)
            guard processes[index].isStarted, processes[index].state != .stopped else {
                return
            }
        }
        let previous = processes[index].state
        guard previous == .backoff || !chance(faults.stops) else {
            enter(.stopping(pid: 1), index)
            return enter(.stopped(pid: 1), index)
        }
        switch previous {
        case .starting: enter(chance(faults.failures) ? .backoff(tries: 4) : .running(pid: 1), index)
        case .backoff: enter(.fatal, index)
        case .running: enter(.exited(expected: !chance(faults.failures), pid: 1), index)
        default: return
        }
        if ![.exited, .fatal].contains(processes[index].state) {
            scheduleTransition(of: index)
        }
    }

    /// Stops a program, removes its group, and adds it again.
    private mutating func update(_ program: PlannedProgram) {
        for index in program.processIndices where processes[index].isKnown {
            if [.starting, .running, .backoff].contains(processes[index].state) {
                enter(.stopping(pid: 1), index)
                enter(.stopped(pid: 1), index)
            }
            replaced.insert(names[index].description)
            processes[index].state = .stopped
            processes[index].isStarted = false
            processes[index].generation += 1
        }
        send(.group(program.group, .removed))
        send(.group(program.group, .added))
        for index in program.processIndices where program.isAutostarted && processes[index].isKnown {
            start(index)
        }
    }

    /// Has supervisord read what it does not know yet; false if there is nothing.
    private mutating func becomeKnown() -> Bool {
        let unknown = plan.programs.filter { $0.processIndices.contains { !processes[$0].isKnown } }
        for program in unknown {
            send(.group(program.group, .added))
            for index in program.processIndices {
                processes[index].isKnown = true
                if program.isAutostarted {
                    start(index)
                }
            }
        }
        return !unknown.isEmpty
    }

    /// Every process that supervisord knows.
    var information: [ProcessInformation] {
        names.indices.filter { processes[$0].isKnown }.map { index in
            ProcessInformation(
                name: names[index],
                state: processes[index].state,
                startTime: processes[index].isStarted ? 1000 : nil,
                now: 1000,
                exitStatus: processes[index].status
            )
        }
    }
}

// MARK: - Events

extension StartupSimulation {
    /// Sends an event, which is lost or comes later, but after those before it.
    private mutating func send(_ event: SimulatedEvent) {
        serial += 1
        guard !chance(faults.losses) else {
            return
        }
        lastDelivery = max(lastDelivery + .microseconds(1), now + delay(upTo: .milliseconds(4)), listener.firstEvent)
        schedule(.event(serial: serial, event), after: now.duration(to: lastDelivery))
    }

    private mutating func deliver(_ event: SimulatedEvent, _ serial: Int) {
        if serial > deliveredSerial + 1 {
            requestSnapshot(.lostEvents(serial - deliveredSerial - 1))
        }
        deliveredSerial = max(deliveredSerial, serial)
        // One that was not acknowledged comes once more.
        for _ in 0...(chance(faults.losses) ? 1 : 0) {
            hear(event)
        }
    }

    /// Has the listener find out that the last events were lost, as any later one would tell; false if they were not.
    private mutating func revealGap() -> Bool {
        guard serial > deliveredSerial else {
            return false
        }
        requestSnapshot(.lostEvents(serial - deliveredSerial))
        deliveredSerial = serial
        return true
    }
}

// MARK: - Starts

extension StartupSimulation {
    /// Starts a process on the listener's call, and checks that it may be started.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - isAnswered: Whether supervisord's answer reaches the listener.
    /// - Returns: What becomes of the call.
    mutating func attempt(_ process: ProcessName, isAnswered: Bool) -> StartOutcome {
        let index = indices[process] ?? 0
        if !isAnswered {
            if chance(50), !processes[index].isRefused {
                check(process, index)
                start(index)
            }
            let socket = Endpoint.unix(path: "/run/supervisor.sock")
            return .unconfirmed(.timedOut(method: "startProcess", socket, after: .seconds(1)))
        }
        check(process, index)
        if processes[index].isRefused || chance(faults.refusals) {
            processes[index].isRefused = true
            return .refused(reason: "NO_FILE", lacksCommand: true)
        }
        start(index)
        return .started
    }

    private mutating func check(_ process: ProcessName, _ index: Int) {
        if !processes[index].isKnown {
            violations.append("\(process) is not known yet")
        }
        if processes[index].isStarted {
            violations.append("\(process) is started twice")
        }
        for dependency in plan.programs[owners[index]].dependencies where !dependency.isOptional {
            let parent = plan[parent: dependency].processes.map { processes[$0].reached }
            let reached = parent.reduce(StartupConditions.all) { $0.intersection($1) }
            if reached.isDisjoint(with: dependency.conditions), !goesOn(without: plan[parent: dependency]) {
                violations.append("\(process) is started before \(plan[parent: dependency].name)")
            }
        }
    }

    /// Whether the policy lets others go on as if a parent had got where it should.
    private func goesOn(without parent: StartupParent) -> Bool {
        policy == .continue && (isOverdue || parent.processes.contains { hasFailed($0) })
    }
}
