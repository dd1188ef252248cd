import Handlers
import ListenerKit

/// Tells from the states of all processes what each of them waits for.
struct StatusReading {
    private let plan: StartupPlan
    private let listeners: Set<ProcessName>
    /// The programs of processes, by their indices.
    private var programs: [ProcessName: Int] = [:]
    /// What supervisord knows about each process, by the process's number.
    private var processes: [ProcessInformation?]

    init(_ loaded: LoadedPlan, _ snapshot: [ProcessInformation]) {
        plan = loaded.plan
        let autostarted = loaded.configuration.eventListeners.filter { $0.program.autostart }
        listeners = Set(autostarted.flatMap { $0.program.processes })
        var numbers: [ProcessName: Int] = [:]
        for (index, program) in plan.programs.enumerated() {
            for (name, number) in zip(program.processes, program.processNumbers) {
                programs[name] = index
                numbers[name] = number
            }
        }
        processes = Array(repeating: nil, count: plan.programs.last?.processNumbers.upperBound ?? 0)
        for process in snapshot {
            if let number = numbers[process.name] {
                processes[number] = process
            }
        }
    }

    /// Says how things stand with a process.
    func line(for process: ProcessInformation) -> StatusLine {
        let program = programs[process.name].map { plan.programs[$0] }
        switch process.state {
        case .running, .stopping:
            return StatusLine(process, isUp: true, "")
        case .starting, .unknown:
            return StatusLine(process, isUp: false, "")
        case .backoff, .fatal:
            return StatusLine(process, isUp: false, process.spawnError ?? "")
        case .exited:
            return ended(process, program)
        case .stopped:
            return process.wasStarted
                ? StatusLine(process, isUp: true, "stopped by somebody") : notStarted(process, program)
        }
    }

    private func ended(_ process: ProcessInformation, _ program: PlannedProgram?) -> StatusLine {
        let isExpected = (program?.exitCodes ?? [0]).contains(process.exitStatus)
        if program?.autorestart == .always {
            // supervisord does that as soon as it looks.
            return StatusLine(process, isUp: false, "is to be started again")
        }
        let status = process.exitStatus == -1 ? "by a signal" : "with status \(process.exitStatus)"
        return StatusLine(process, isUp: isExpected, isExpected ? "completed" : "ended unexpectedly, \(status)")
    }

    private func notStarted(_ process: ProcessInformation, _ program: PlannedProgram?) -> StatusLine {
        guard let program, program.isManaged else {
            let isAutostarted = program?.isAutostarted ?? listeners.contains(process.name)
            return StatusLine(
                process,
                isUp: !isAutostarted,
                isAutostarted ? "is to be started by supervisord" : "not to be started by itself"
            )
        }
        guard program.level != nil else {
            return StatusLine(process, isUp: false, "never started, because of an error: see listenerd check")
        }
        let missing = program.dependencies.filter { !holds($0) }.map { description(of: $0) }
        return StatusLine(
            process,
            isUp: false,
            missing.isEmpty
                ? "waits for listenerd --ordered-startup alone: does it run, and what does it say?"
                : "waits for \(missing.joined(separator: "; "))"
        )
    }

    private func description(of dependency: StartupDependency) -> String {
        "\(plan[parent: dependency].name) to be \(dependency.conditions.words.joined(separator: " or "))"
    }

    /// Whether a program need not wait for a parent any longer.
    private func holds(_ dependency: StartupDependency) -> Bool {
        let parent = plan[parent: dependency]
        let reached = parent.processes.reduce(StartupConditions(rawValue: .max)) { $0.intersection(self.reached($1)) }
        if !reached.isDisjoint(with: dependency.conditions) {
            return true
        }
        let neverComes = hasFailed(parent) || parent.programs.contains { plan.programs[$0].level == nil }
        return dependency.isOptional && neverComes
    }

    private func reached(_ number: Int) -> StartupConditions {
        guard let process = processes[number], process.wasStarted, let index = programs[process.name] else {
            return []
        }
        let program = plan.programs[index]
        return process.reached(startSeconds: program.startSeconds, exitCodes: program.exitCodes)
    }

    /// Whether a process of a parent has come to its end without having got where it should.
    private func hasFailed(_ parent: StartupParent) -> Bool {
        parent.processes.contains { number in
            switch processes[number]?.state {
            case .fatal, .exited, nil: true
            default: false
            }
        }
    }
}
