import Handlers
import ListenerKit

/// Tells from the states of all processes what each of them waits for.
struct StatusReading {
    private let plan: StartupPlan
    private let outlook: StartupOutlook
    private let listeners: Set<ProcessName>
    /// The programs of processes, by their indices.
    private var programs: [ProcessName: Int] = [:]

    init(_ loaded: LoadedPlan, _ snapshot: [ProcessInformation]) {
        plan = loaded.plan
        outlook = StartupOutlook(loaded.plan, loaded.failurePolicy, snapshot)
        let autostarted = loaded.configuration.eventListeners.filter { $0.program.autostart }
        listeners = Set(autostarted.flatMap { $0.program.processes })
        for (index, program) in plan.programs.enumerated() {
            for name in program.processes {
                programs[name] = index
            }
        }
    }

    /// Says how things stand with a process.
    func line(for process: ProcessInformation) -> StatusLine {
        let index = programs[process.name]
        let program = index.map { plan.programs[$0] }
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
                ? StatusLine(process, isUp: true, "stopped by somebody") : notStarted(process, index)
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

    private func notStarted(_ process: ProcessInformation, _ index: Int?) -> StatusLine {
        guard let index, plan.programs[index].isManaged else {
            let isAutostarted = index.map { plan.programs[$0].isAutostarted } ?? listeners.contains(process.name)
            return StatusLine(
                process,
                isUp: !isAutostarted,
                isAutostarted ? "is to be started by supervisord" : "not to be started by itself"
            )
        }
        guard plan.programs[index].level != nil else {
            return StatusLine(process, isUp: false, "never started, because of an error: see listenerd check")
        }
        let waits = outlook.waits(of: index).map { description(of: $0) }
        return StatusLine(
            process,
            isUp: false,
            waits.isEmpty
                ? "waits for listenerd --ordered-startup alone: does it run, and what does it say?"
                : "waits for \(waits.joined(separator: "; "))"
        )
    }

    private func description(of dependency: StartupDependency) -> String {
        "\(plan[parent: dependency].name) to be \(dependency.conditions)"
    }
}

extension LoadedPlan {
    /// What follows, by the command of the listener, when a program can no longer reach what others wait for.
    fileprivate var failurePolicy: FailurePolicy {
        let commands = configuration.eventListeners.compactMap { ListenerCommand($0.program.command) }
        let request = commands.first { $0.ordersStarts }.flatMap { try? $0.request() }
        return request?.options.value(of: OrderedStartup.onFailure, handler: OrderedStartup.name) ?? .wait
    }
}
