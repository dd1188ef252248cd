import Handlers
import ListenerKit

/// What the configuration says of a process, as far as a restart depends on it; what supervisord assumes for one that it lacks.
struct ProcessRules {
    /// `autorestart`.
    var autorestart = Autorestart.unexpected
    /// `exitcodes`.
    var exitCodes = [0]
    /// `stopwaitsecs`.
    var stopSeconds = 10
    /// Whether it is ready only once its gates have passed.
    var hasGates = false
    /// Whether another one waits for its end, and for nothing else, and it can end.
    var isTask = false

    /// Returns how a process stands.
    func standing(of process: ProcessInformation) -> ProcessStanding {
        switch process.state {
        case .running: .up
        case .starting, .backoff: .coming
        case .stopped, .stopping: .stopped
        case .fatal, .unknown: .failed
        case .exited where autorestart == .always: .coming
        case .exited where exitCodes.contains(process.exitStatus): .completed
        case .exited: autorestart == .unexpected ? .coming : .failed
        }
    }
}

extension LoadedPlan {
    /// What the configuration says of each process.
    var processRules: [ProcessName: ProcessRules] {
        let gated = plan.namesOfProcessesWithGates
        let tasks = plan.namesOfTasks
        var rules: [ProcessName: ProcessRules] = [:]
        for program in configuration.programs + configuration.eventListeners.map(\.program) {
            for process in program.processes {
                rules[process] = ProcessRules(
                    autorestart: program.autorestart,
                    exitCodes: program.exitCodes,
                    stopSeconds: program.stopWaitSeconds,
                    hasGates: gated.contains(process),
                    isTask: tasks.contains(process) && program.autorestart != .always
                )
            }
        }
        return rules
    }
}

extension StartupPlan {
    /// The processes of whose programs another one waits for the end, and for nothing else.
    fileprivate var namesOfTasks: Set<ProcessName> {
        let dependencies = programs.flatMap { $0.dependencies }.filter { $0.conditions.isSubset(of: .ends) }
        return Set(dependencies.flatMap { self[parent: $0].programs }.flatMap { programs[$0].processes })
    }
}
