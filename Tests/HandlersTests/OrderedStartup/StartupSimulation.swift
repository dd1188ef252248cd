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

    struct Process {
        var state = ProcessState.stopped
        /// What it or one before it in its place has reached.
        var reached: StartupConditions = []
        var isKnown = true
        var isStarted = false
        var isRefused = false
        /// Whether it or one before it in its place has failed, or was stopped.
        var hasFailed = false
        var status = 0
        /// When its gate opens; nil if it never does.
        var gateOpening: ContinuousClock.Instant?
        /// Tells the present change to come from one that does not come any more.
        var generation = 0
    }

    let plan: StartupPlan
    let faults: Faults
    let policy: FailurePolicy
    let timeout: Duration?
    let names: [ProcessName]
    let owners: [Int]
    let indices: [ProcessName: Int]
    var processes: [Process]
    var random: SeededGenerator
    var listener: SimulatedListener
    private var agenda = WakeQueue<Occurrence>()
    private(set) var now: ContinuousClock.Instant
    /// Whether programs that have come up stay up.
    var neverEnds = false
    /// When it ends, if things happen for ever; nil for never.
    var horizon: ContinuousClock.Instant?
    /// The number of the last event, and of the last that was delivered.
    private var serial = 0
    private var deliveredSerial = 0
    private var lastDelivery: ContinuousClock.Instant
    /// What went against the rules.
    var violations: [String] = []
    /// The processes whose failure was named.
    var named: Set<String> = []
    /// The programs that were said not to be started as long as nobody repairs what has failed.
    var saidToWait: Set<String> = []
    /// The processes that were replaced.
    var replaced: Set<String> = []
    /// Whether it was said that the timeout is over.
    var isOverdue = false
    /// Why supervisord was shut down, if it was.
    var end: String?
    /// The record of all listeners; nil if there is none.
    var recording: StartupRecording?

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
        // The only look at a clock: how long that takes must not matter.
        now = .now
        lastDelivery = now
        listener = SimulatedListener(plan, policy, timeout, Journal(), firstEvent: now)
    }

    /// Lets everything happen, until nothing happens any more, or supervisord is shut down.
    mutating func run() async {
        await withDedicatedThread(.forComputations) { runToTheEnd() }
    }

    private mutating func runToTheEnd() {
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
            if let horizon, now > horizon {
                return
            }
            happen(next.process)
            steps += 1
            if steps > 1000 * names.count + 100_000 {
                return violations.append("it never ends")
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

    func hasFailed(_ index: Int) -> Bool {
        processes[index].isRefused || processes[index].hasFailed
    }
}

// MARK: - Events

extension StartupSimulation {
    /// Sends an event, which is lost or comes later, but after those before it.
    mutating func send(_ event: SimulatedEvent) {
        serial += 1
        guard !chance(faults.losses) else {
            return
        }
        lastDelivery = max(lastDelivery + .microseconds(1), now + delay(upTo: .milliseconds(4)), listener.firstEvent)
        schedule(.event(serial: serial, event), after: now.duration(to: lastDelivery))
    }

    private mutating func deliver(_ event: SimulatedEvent, _ serial: Int) {
        if serial > deliveredSerial + 1 {
            requestSnapshot(.lostEvents(count: serial - deliveredSerial - 1))
        }
        deliveredSerial = max(deliveredSerial, serial)
        // One that was not acknowledged comes once more.
        for _ in 0...(chance(faults.losses) ? 1 : 0) {
            hear(event, serial: serial)
        }
    }

    /// Has the listener find out that the last events were lost, as any later one would tell; false if they were not.
    private mutating func revealGap() -> Bool {
        guard serial > deliveredSerial else {
            return false
        }
        requestSnapshot(.lostEvents(count: serial - deliveredSerial))
        deliveredSerial = serial
        return true
    }
}
