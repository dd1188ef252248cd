import Handlers
import ListenerKit

/// Determines, from the states of all processes and gates, what each of them waits for.
struct StatusReading {
    /// supervisord's configuration.
    let configuration: SupervisorConfiguration
    /// The order of starts.
    let plan: StartupPlan
    /// What programs wait for.
    let outlook: StartupOutlook
    /// The processes that supervisord knows.
    let snapshot: [ProcessInformation]
    /// How gates stand.
    let gates: GateAnswer
    /// What the listener has said of each process.
    let reports: [ProcessName: GateReport.Process]
    /// The processes that have gates.
    let gated: Set<ProcessName>
    /// The section of the listener that each process belongs to.
    private var listeners: [ProcessName: ProgramConfiguration] = [:]
    /// The index of the program that each process belongs to.
    private var programs: [ProcessName: Int] = [:]

    init(_ facts: StatusFacts) {
        configuration = facts.loaded.configuration
        plan = facts.loaded.plan
        snapshot = facts.processes
        gates = facts.gates
        gated = plan.namesOfProcessesWithGates
        reports = (gates.report?.processes ?? []).reduce(into: [:]) { $0[$1.name] = $1 }
        outlook = StartupOutlook(plan, facts.loaded.failurePolicy, snapshot, gates: gates.report)
        for listener in configuration.eventListeners {
            for name in listener.program.processes {
                listeners[name] = listener.program
            }
        }
        for (index, program) in plan.programs.enumerated() {
            for name in program.processes {
                programs[name] = index
            }
        }
    }

    /// Returns the status of a process.
    func line(for process: ProcessInformation) -> StatusLine {
        let index = programs[process.name]
        switch process.state {
        case .running, .starting:
            return gated.contains(process.name)
                ? lineOfGated(process) : StatusLine(process, isUp: process.state == .running, "")
        case .stopping, .unknown:
            return StatusLine(process, isUp: false, "")
        case .backoff, .fatal:
            return StatusLine(process, isUp: false, process.spawnError ?? "")
        case .exited:
            return ended(process, index.map { configuration.programs[$0] } ?? listeners[process.name])
        case .stopped:
            return process.wasStarted
                ? StatusLine(process, isUp: true, "stopped by an operator") : notStarted(process, index)
        }
    }

    private func ended(_ process: ProcessInformation, _ program: ProgramConfiguration?) -> StatusLine {
        let isExpected = (program?.exitCodes ?? [0]).contains(process.exitStatus)
        if program?.autorestart == .always {
            // supervisord restarts it on the next pass of its loop.
            return StatusLine(process, isUp: false, "will be restarted")
        }
        let failure =
            process.exitStatus == -1 ? "killed by a signal" : "exited unexpectedly with status \(process.exitStatus)"
        return StatusLine(process, isUp: isExpected, isExpected ? "completed" : failure)
    }

    private func notStarted(_ process: ProcessInformation, _ index: Int?) -> StatusLine {
        guard let index, plan.programs[index].isManaged else {
            let isAutostarted =
                index.map { plan.programs[$0].isAutostarted } ?? listeners[process.name]?.autostart ?? false
            return StatusLine(
                process,
                isUp: !isAutostarted,
                isAutostarted
                    ? "will be started by supervisord"
                    : "not started automatically" + (index.flatMap { endOfLine(before: $0) } ?? "")
            )
        }
        guard plan.programs[index].level != nil else {
            return StatusLine(process, isUp: false, "never starts because of an error; run listenerd check")
        }
        return waiting(process, index)
    }

    /// Returns why a program after the end of the `startinorder` line does not start; nil for any other program.
    private func endOfLine(before program: Int) -> String? {
        plan.programs[program].endOfLine.map { "; the startinorder line ends before it, at \($0)" }
    }
}

extension LoadedPlan {
    /// The failure policy in the command of the listener that starts programs.
    fileprivate var failurePolicy: FailurePolicy {
        let commands = configuration.eventListeners.compactMap { ListenerCommand($0.program.command) }
        let request = commands.first { $0.ordersStarts }.flatMap { try? $0.request() }
        return request?.options.value(of: OrderedStartup.onFailure, handler: OrderedStartup.name) ?? .wait
    }
}
