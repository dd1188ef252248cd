extension ConfigurationSearch {
    /// The variables that supervisord sets for every process.
    private static let variablesOfEveryProcess = [
        "SUPERVISOR_ENABLED", "SUPERVISOR_SERVER_URL", processVariable, groupVariable,
    ]
    private static let processVariable = "SUPERVISOR_PROCESS_NAME"
    private static let groupVariable = "SUPERVISOR_GROUP_NAME"

    /// Returns the environment with which supervisord expands `%(ENV_x)s` in a configuration, as far as it can be known.
    ///
    /// It is supervisord's own. A listener's environment differs from it, because its section can add or change variables. A
    /// program other than a listener is asked about a supervisord that does not run yet, and so uses its own environment,
    /// unless it has found a supervisord that `supervise` has started.
    ///
    /// - Parameters:
    ///   - path: The main file; nil if none was found.
    ///   - environment: Reads the environment of a process.
    /// - Returns: The environment.
    package func supervisordEnvironment(
        forConfiguration path: String?,
        readingFrom environment: (Int32) -> [String: String]? = { RunningProcess.environment(of: $0) }
    ) -> [String: String] {
        if let number = supervisord(running: path), let variables = environment(number) {
            return variables
        }
        return isListener ? withoutOwnVariables(path) : self.environment
    }

    /// Returns the name of the process with this environment; nil if supervisord has not started it.
    static func processName(in environment: [String: String]) -> ProcessName? {
        guard let process = environment[processVariable], let group = environment[groupVariable] else {
            return nil
        }
        return ProcessName(group: group, process: process)
    }

    private func supervisord(running path: String?) -> Int32? {
        guard isListener else {
            return path.flatMap { supervisords[$0] }
        }
        return parent.flatMap { SupervisordCommandLine(arguments: $0.arguments) == nil ? nil : $0.pid }
    }

    /// Returns a listener's environment without the variables that its section sets; their values in supervisord cannot be known.
    private func withoutOwnVariables(_ path: String?) -> [String: String] {
        guard let name = Self.processName(in: environment) else {
            // supervisord has not started this process.
            return environment
        }
        let configuration = path.flatMap { try? SupervisorConfiguration(path: $0, .current(environment: environment)) }
        let section = configuration?.eventListeners.first { $0.program.processes.contains(name) }?.program
        var variables = environment
        for variable in Self.variablesOfEveryProcess + (section?.environment.keys.map { $0 } ?? []) {
            variables[variable] = nil
        }
        return variables
    }
}
