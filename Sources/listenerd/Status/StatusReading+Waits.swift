import Handlers
import ListenerKit

/// Programs that wait to be started.
extension StatusReading {
    /// Returns the status of a process that was not started yet.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - program: Its program, by its index.
    /// - Returns: Its status.
    func waiting(_ process: ProcessInformation, _ program: Int) -> StatusLine {
        let dependencies = outlook.waits(of: program)
        let words = dependencies.map { description(of: $0) }
        return StatusLine(
            process,
            isUp: false,
            "waits for " + (words.isEmpty ? missingStarter(of: process.name) : words.joined(separator: "; ")),
            waits: dependencies.map { "\(plan[parent: $0].name) \($0.conditions)" }
        )
    }

    private func description(of dependency: StartupDependency) -> String {
        let parent = plan[parent: dependency]
        let words = "\(parent.name) to be \(dependency.conditions)"
        guard dependency.conditions.includesRunning else {
            return words
        }
        let names = Set(parent.programs.flatMap { plan.programs[$0].processes })
        let obstacles = snapshot.filter { names.contains($0.name) }.compactMap { process in
            obstacle(of: process).map { names.count > 1 ? "\(process.name): \($0)" : $0 }
        }
        return words + (obstacles.isEmpty ? "" : ": ") + obstacles.joined(separator: ", ")
    }

    /// Returns what a process waits for if no other program holds it back.
    ///
    /// supervisord reports neither that it has refused to start a process, nor what the listener knows about it.
    private func missingStarter(of process: ProcessName) -> String {
        guard let starter else {
            return "a listener with --ordered-startup, but the configuration has none"
        }
        let name = starter.name
        let state = state(of: starter)
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

    /// The listener that starts programs; nil if the configuration has none.
    var starter: EventListenerConfiguration? {
        configuration.eventListeners.first { ListenerCommand.startsInOrder($0) }
    }

    /// Returns the state of a listener; nil if supervisord does not know it.
    func state(of listener: EventListenerConfiguration) -> ProcessState? {
        let processes = listener.program.processes
        return snapshot.first { processes.contains($0.name) }?.state
    }
}
