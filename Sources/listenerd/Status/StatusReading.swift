import Handlers
import ListenerKit

/// Determines, from the states of all processes, what each of them waits for.
struct StatusReading {
    private let configuration: SupervisorConfiguration
    private let plan: StartupPlan
    private let outlook: StartupOutlook
    private let snapshot: [ProcessInformation]
    /// The section of the listener that each process belongs to.
    private var listeners: [ProcessName: ProgramConfiguration] = [:]
    /// The index of the program that each process belongs to.
    private var programs: [ProcessName: Int] = [:]

    init(_ loaded: LoadedPlan, _ snapshot: [ProcessInformation]) {
        configuration = loaded.configuration
        plan = loaded.plan
        outlook = StartupOutlook(loaded.plan, loaded.failurePolicy, snapshot)
        self.snapshot = snapshot
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
        case .running:
            return StatusLine(process, isUp: true, "")
        case .starting, .stopping, .unknown:
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
        let waits = outlook.waits(of: index).map { description(of: $0) }
        return StatusLine(
            process,
            isUp: false,
            "waits for " + (waits.isEmpty ? missingStarter(of: process.name) : waits.joined(separator: "; "))
        )
    }

    /// Returns why a program after the end of the `startinorder` line does not start; nil for any other program.
    private func endOfLine(before program: Int) -> String? {
        plan.programs[program].endOfLine.map { "; the startinorder line ends before it, at \($0)" }
    }

    /// Returns what a process waits for if no other program holds it back.
    ///
    /// supervisord reports neither that it has refused to start a process, nor what the listener knows about it.
    private func missingStarter(of process: ProcessName) -> String {
        guard let starter = configuration.eventListeners.first(where: { ListenerCommand.startsInOrder($0) }) else {
            return "a listener with --ordered-startup, but the configuration has none"
        }
        let name = starter.name
        let processes = starter.program.processes
        let state = snapshot.first { processes.contains($0.name) }?.state
        guard state == .running else {
            let words = state.map { "is \($0.name)" } ?? "supervisord does not know"
            return "the listener \(name), which \(words)"
        }
        var advice = "no other program; see the output of \(name), or run supervisorctl start \(process)"
        if !SubscribedEvents(starter).deliver(.processGroupAdded) {
            advice += "; without PROCESS_GROUP_ADDED in its events=, it notices supervisorctl update up to 10 s late"
        }
        return advice
    }

    private func description(of dependency: StartupDependency) -> String {
        "\(plan[parent: dependency].name) to be \(dependency.conditions)"
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
