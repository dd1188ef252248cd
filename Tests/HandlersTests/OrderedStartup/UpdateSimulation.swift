import ExecutableTesting
import ListenerKit

@testable import Handlers

/// A supervisord whose configuration changes again and again while its programs start, with a listener that carries out what
/// the reducer decides: supervisord is asked about all processes only on its command, or when the listener finds a gap.
struct UpdateSimulation {
    /// A program as its section has it.
    struct Section {
        let name: String
        var count: Int
        /// The names of the programs that it waits for.
        var waits: [String: StartupConditions]

        var processes: [ProcessName] { (0..<count).map { ProcessName(group: name, process: "\(name)_\($0)") } }
    }

    struct Process {
        var state = ProcessState.stopped
        var isStarted = false
    }

    var sections: [Section] = []
    var processes: [ProcessName: Process] = [:]
    /// What a process has reached, or one that was in its place before.
    private var reached: [ProcessName: StartupConditions] = [:]
    var random: SeededGenerator
    var reducer = StartupReducer(.init(plan: StartupPlan([])))
    var now = ContinuousClock.now
    var names = 0
    /// The configurations that supervisord has read and the listener has not read yet, with when supervisord has.
    var updates: [(time: ContinuousClock.Instant, sections: [Section])] = []
    /// The configuration that the listener has read.
    var followed: [Section] = []
    /// When supervisord is to be asked.
    var requests: [ContinuousClock.Instant] = []
    /// What supervisord has answered, on its way to the listener.
    var answer: Snapshot?
    /// Whether events were lost of which the listener does not know yet.
    var hasGap = false
    /// What went against the rules.
    private(set) var violations: [String] = []

    init(seed: UInt64) {
        random = SeededGenerator(state: seed)
        for _ in 0..<chosen(1...6) {
            addSection()
        }
        restartListener()
        processes = Dictionary(uniqueKeysWithValues: sections.flatMap { $0.processes }.map { ($0, Process()) })
    }

    /// Lets programs start, and the configuration change so many times, until nothing happens any more.
    mutating func run(updates: Int) {
        for _ in 0..<updates {
            for _ in 0..<chosen(0...5) {
                step()
            }
            update()
        }
        var steps = 0
        while step() || passToNextSnapshot() || findGap() {
            steps += 1
            if steps > 10_000 {
                return violations.append("it never ends")
            }
        }
    }

    /// The processes that were never started although nothing keeps them.
    var missing: [String] {
        sections.flatMap { $0.processes }.filter { !(processes[$0]?.isStarted ?? false) }.map { $0.description }
    }

    /// How many processes the listener remembers that are in no section.
    var remembered: Int {
        Set(reducer.progress.indices.keys).subtracting(sections.flatMap { $0.processes }).count
    }

    mutating func chosen(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    func plan(of sections: [Section]) -> StartupPlan {
        let indices = Dictionary(uniqueKeysWithValues: zip(sections.map { $0.name }, sections.indices))
        return StartupPlan(
            sections.map { section in
                var program = SampleProgram(name: section.name, processes: section.processes)
                program.autorestart = .never
                program.startSeconds = section.count % 2
                program.waits = section.waits.sorted { $0.key < $1.key }.compactMap { name, conditions in
                    indices[name].map { .init(parent: $0, conditions: conditions) }
                }
                return program
            }
        )
    }
}

// MARK: - The programs

extension UpdateSimulation {
    private var snapshot: [ProcessInformation] {
        processes.sorted { $0.key < $1.key }.map { name, process in
            ProcessInformation(
                name: name,
                state: process.state,
                startTime: process.isStarted ? Timestamp(seconds: 900) : nil,
                stopTime: process.state == .exited ? Timestamp(seconds: 950) : nil,
                now: Timestamp(seconds: 1000)
            )
        }
    }

    static let header = EventHeader(name: "PROCESS_STATE")

    /// Has the listener hear an event, most of the time, and find a gap before it.
    mutating func hear(_ event: (inout StartupReducer, ContinuousClock.Instant) -> [StartupCommand]) {
        now += .milliseconds(1)
        if chosen(0...9) == 0 {
            hasGap = true
        } else {
            findGap()
            carryOut(event(&reducer, now))
        }
    }

    /// Asks about all processes because of lost events; false if there are none.
    @discardableResult
    private mutating func findGap() -> Bool {
        guard hasGap else {
            return false
        }
        hasGap = false
        deliverAnswer()
        answer = Snapshot(processes: snapshot, reason: .lostEvents(count: 1), time: now)
        return true
    }

    /// Asks supervisord, or delivers its answer, if it is time; false if there is neither.
    private mutating func passSnapshot() -> Bool {
        if answer != nil {
            deliverAnswer()
            return true
        }
        guard requests.contains(where: { $0 <= now }) else {
            return false
        }
        requests.removeAll { $0 <= now }
        answer = Snapshot(processes: snapshot, reason: .request, time: now)
        return true
    }

    private mutating func passToNextSnapshot() -> Bool {
        now = max(now, requests.min() ?? now)
        return passSnapshot()
    }

    private mutating func deliverAnswer() {
        guard let answer else {
            return
        }
        self.answer = nil
        now += .milliseconds(1)
        let update = reducer.isConclusive(answer) ? updates.last { $0.time <= answer.time } : nil
        if let update {
            updates.removeAll { $0.time <= update.time }
            followed = update.sections
        }
        let configuration = update.map { _ in StartupReducer.Configuration(plan: plan(of: followed)) }
        carryOut(reducer.apply(answer, configuration, at: now))
    }

    /// Lets one process change its state, of which the listener hears most of the time.
    @discardableResult
    private mutating func step() -> Bool {
        let hasPassed = chosen(0...2) == 0 && passSnapshot()
        let active = processes.filter { $0.value.state == .starting || $0.value.state == .running }.keys.sorted()
        guard let name = active.randomElement(using: &random), var process = processes[name] else {
            return hasPassed
        }
        let previous = process.state
        let transition: ProcessStateEvent.Transition =
            previous == .starting ? .running(pid: 1) : .exited(expected: true, pid: 1)
        process.state = transition.state
        processes[name] = process
        reached[name, default: []].formUnion(StartupConditions(transition))
        hear { reducer, now in
            let event = ProcessStateEvent(
                header: Self.header,
                process: name,
                previous: previous,
                transition: transition
            )
            return reducer.apply(event, isNews: true, at: now)
        }
        return true
    }

    private mutating func carryOut(_ commands: [StartupCommand]) {
        var commands = commands[...]
        while let command = commands.popFirst() {
            switch command {
            case .start(let process): commands += reducer.apply(attempt(process), of: process, at: now)
            case .requestSnapshot(let delay): requests.append(now + delay)
            case .nudge, .setAlarm, .reportSummary: break
            // It was removed just now.
            case .reportFailure(_, _, .refused("BAD_NAME"), _): break
            case .report, .reportFailure, .shutDown, .endListener, .reportReady, .beginAttempt, .cancelAttempt, .answer:
                violations.append("unexpected: \(command)")
            }
        }
    }

    private mutating func attempt(_ name: ProcessName) -> StartOutcome {
        guard var process = processes[name] else {
            return .refused(reason: "BAD_NAME", lacksCommand: false)
        }
        if process.isStarted {
            violations.append("\(name) is started twice")
        }
        let section = followed.first { $0.name == name.group }
        for (parent, conditions) in section?.waits ?? [:] {
            let members = followed.first { $0.name == parent }?.processes ?? []
            let all = members.reduce(StartupConditions.all) { $0.intersection(reached[$1] ?? []) }
            if all.isDisjoint(with: conditions) {
                violations.append("\(name) is started before \(parent)")
            }
        }
        process.isStarted = true
        let isUpAtOnce = (section?.count ?? 0) % 2 == 0
        process.state = isUpAtOnce ? .running : .starting
        processes[name] = process
        reached[name, default: []].formUnion(isUpAtOnce ? [.started, .running] : .started)
        return .started
    }
}
