import ExecutableTesting
import ListenerKit

@testable import Handlers

/// A supervisord whose configuration changes again and again while its programs start, with a listener that follows.
struct UpdateSimulation {
    /// A program as its section has it.
    struct Section {
        let name: String
        var count: Int
        /// The names of the programs that it waits for.
        var waits: [String: StartupConditions]

        var processes: [ProcessName] { (0..<count).map { ProcessName(group: name, process: "\(name)_\($0)") } }
    }

    private struct Process {
        var state = ProcessState.stopped
        var isStarted = false
    }

    private var sections: [Section] = []
    private var processes: [ProcessName: Process] = [:]
    /// What a process has reached, or one that was in its place before.
    private var reached: [ProcessName: StartupConditions] = [:]
    private var random: SeededGenerator
    private var progress = StartupProgress(StartupPlan([]))
    private var now = ContinuousClock.now
    private var names = 0
    /// What went against the rules.
    private(set) var violations: [String] = []

    init(seed: UInt64) {
        random = SeededGenerator(state: seed)
        for _ in 0..<chosen(1...6) {
            addSection()
        }
        progress = StartupProgress(plan)
        processes = Dictionary(uniqueKeysWithValues: sections.flatMap { $0.processes }.map { ($0, Process()) })
    }

    /// Lets programs start, and the configuration change so many times, until nothing happens any more.
    mutating func run(updates: Int) {
        look()
        for _ in 0..<updates {
            for _ in 0..<chosen(0...5) {
                step()
            }
            update()
        }
        var steps = 0
        while step() || steps % 2 == 0 {
            steps += 1
            if steps > 10_000 {
                return violations.append("it never ends")
            }
            look()
        }
    }

    /// The processes that were never started although nothing keeps them.
    var missing: [String] {
        sections.flatMap { $0.processes }.filter { !(processes[$0]?.isStarted ?? false) }.map { $0.description }
    }

    /// How many processes the listener remembers that are in no section.
    var remembered: Int {
        Set(progress.numbers.keys).subtracting(sections.flatMap { $0.processes }).count
    }

    private mutating func chosen(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    private var plan: StartupPlan {
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

// MARK: - The configuration

extension UpdateSimulation {
    private mutating func addSection() {
        names += 1
        sections.insert(
            Section(name: "p\(names)", count: chosen(1...3), waits: [:]),
            at: chosen(0...sections.count)
        )
        wait(sections.indices.last { sections[$0].name == "p\(names)" } ?? 0)
    }

    /// Has a program wait for some of those before it.
    private mutating func wait(_ index: Int) {
        sections[index].waits = [:]
        for _ in 0..<chosen(0...2) where index > 0 {
            let conditions = [StartupConditions.started, .running, .exited, [.running, .exited]]
            sections[index].waits[sections[chosen(0...(index - 1))].name] = conditions[chosen(0...3)]
        }
    }

    /// Changes some sections, and has supervisord take that over.
    private mutating func update() {
        var added: Set<String> = []
        for _ in 0..<chosen(1...3) {
            switch chosen(0...5) {
            case 0: addSection()
            case 1 where sections.count > 1: remove(chosen(0...(sections.count - 1)))
            // supervisord does not look at what others wait for.
            case 2 where !sections.isEmpty: wait(chosen(0...(sections.count - 1)))
            case 3 where !sections.isEmpty: sections[chosen(0...(sections.count - 1))].count = chosen(0...3)
            case 4 where !sections.isEmpty: added.insert(sections[chosen(0...(sections.count - 1))].name)
            default: break
            }
        }
        let old = Dictionary(grouping: processes.keys) { $0.group }
        for section in sections where Set(old[section.name] ?? []) != Set(section.processes) {
            added.insert(section.name)
        }
        load(added)
    }

    private mutating func remove(_ index: Int) {
        let name = sections.remove(at: index).name
        for other in sections.indices {
            sections[other].waits[name] = nil
        }
    }

    private mutating func load(_ added: Set<String>) {
        let names = Set(sections.map { $0.name })
        processes = processes.filter { names.contains($0.key.group) && !added.contains($0.key.group) }
        for section in sections where added.contains(section.name) {
            for process in section.processes {
                processes[process] = Process()
            }
        }
        now += .milliseconds(1)
        for group in added.sorted() where chosen(0...3) > 0 {
            _ = progress.groupAdded(group)
        }
        now += .milliseconds(1)
        if chosen(0...5) == 0 {
            // The listener is restarted instead.
            progress = StartupProgress(plan)
            look()
        } else {
            carryOut(progress.adopt(plan, snapshot, asked: now, at: now))
        }
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

    private mutating func look() {
        now += .milliseconds(1)
        carryOut(progress.take(snapshot, asked: now, at: now))
    }

    /// Lets one process change its state, of which the listener hears most of the time.
    @discardableResult
    private mutating func step() -> Bool {
        let active = processes.filter { $0.value.state == .starting || $0.value.state == .running }.keys.sorted()
        guard let name = active.randomElement(using: &random), var process = processes[name] else {
            return false
        }
        let previous = process.state
        let transition: ProcessStateEvent.Transition =
            previous == .starting ? .running(pid: 1) : .exited(expected: true, pid: 1)
        process.state = transition.state
        processes[name] = process
        reached[name, default: []].formUnion(StartupConditions(transition))
        now += .milliseconds(1)
        if chosen(0...9) > 0 {
            carryOut(progress.take(name, transition, from: previous, at: now))
        }
        return true
    }

    private mutating func carryOut(_ commands: [StartupCommand]) {
        var commands = commands[...]
        while let command = commands.popFirst() {
            switch command {
            case .start(let process): commands += attempt(process)
            case .sayUnlessStopping(_, let message): violations.append("it was said that \(message)")
            case .sayFailure(_, let process, let failure, _):
                violations.append("it was said that \(failure.description(of: process.description))")
            case .endSupervisor(let message, _): violations.append("supervisord was ended: \(message)")
            }
        }
    }

    private mutating func attempt(_ name: ProcessName) -> [StartupCommand] {
        guard var process = processes[name], let section = sections.first(where: { $0.name == name.group }) else {
            violations.append("\(name) is started, but supervisord does not know it")
            return []
        }
        if process.isStarted {
            violations.append("\(name) is started twice")
        }
        for (parent, conditions) in section.waits {
            let members = sections.first { $0.name == parent }?.processes ?? []
            let all = members.reduce(StartupConditions.all) { $0.intersection(reached[$1] ?? []) }
            if all.isDisjoint(with: conditions) {
                violations.append("\(name) is started before \(parent)")
            }
        }
        process.isStarted = true
        let isUpAtOnce = section.count % 2 == 0
        process.state = isUpAtOnce ? .running : .starting
        processes[name] = process
        reached[name, default: []].formUnion(isUpAtOnce ? [.started, .running] : .started)
        return progress.started(name, isUp: true, at: now)
    }
}
