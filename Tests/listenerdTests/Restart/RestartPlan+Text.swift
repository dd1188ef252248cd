import Handlers
import ListenerKit

@testable import listenerd

extension RestartPlan {
    /// Finds what is to be restarted.
    ///
    /// - Parameters:
    ///   - names: The names, with spaces between them.
    ///   - includesDependents: Whether what depends on them is restarted as well.
    ///   - configuration: supervisord's configuration.
    ///   - states: The states of processes that are not RUNNING; nil for one that supervisord does not know.
    /// - Throws: ``ConfigurationError`` or ``UnknownRestartNames``.
    init(
        _ names: String,
        includesDependents: Bool = false,
        of configuration: String,
        _ states: [String: ProcessState?] = [:]
    ) throws {
        let inputs = ConfigurationInputs.globbing(["s.conf": "[supervisord]\n" + configuration])
        let loaded = LoadedPlan(try SupervisorConfiguration(path: "s.conf", inputs))
        let programs = loaded.configuration.programs + loaded.configuration.eventListeners.map(\.program)
        let processes = programs.flatMap { $0.processes }.sorted().compactMap { name in
            states[name.description, default: .running].map { ProcessInformation(name: name, state: $0) }
        }
        try self.init(
            names.split(separator: " ").map { String($0) },
            includesDependents: includesDependents,
            loaded,
            processes
        )
    }

    /// The names of the targets, with spaces between them.
    var names: String { targets.map { $0.name.description }.joined(separator: " ") }
}
