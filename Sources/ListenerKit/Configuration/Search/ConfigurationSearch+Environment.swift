extension ConfigurationSearch {
    /// What supervisord adds to the environment of every process.
    private static let variablesOfEveryProcess = [
        "SUPERVISOR_ENABLED", "SUPERVISOR_SERVER_URL", processVariable, groupVariable,
    ]
    private static let processVariable = "SUPERVISOR_PROCESS_NAME"
    private static let groupVariable = "SUPERVISOR_GROUP_NAME"

    /// The variables by which supervisord expands `%(ENV_x)s` in a configuration, as far as they can be known.
    ///
    /// They are supervisord's own. A listener's differ: its section may add some, or give them other values. Others than
    /// listeners are asked about a supervisord that does not run yet, and take their own, unless they have found one that
    /// `supervise` has started.
    ///
    /// - Parameters:
    ///   - path: The main file; nil if none was found.
    ///   - environment: Reads the variables of a process.
    /// - Returns: The variables.
    package func supervisordEnvironment(
        forConfiguration path: String?,
        readingFrom environment: (Int32) -> [String: String]? = { RunningProcess.environment(of: $0) }
    ) -> [String: String] {
        if let number = supervisord(running: path), let variables = environment(number) {
            return variables
        }
        return isListener ? withoutOwnVariables(path) : self.environment
    }

    /// The name that supervisord has given to the process with these variables; nil if it has not started it.
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

    /// A listener's variables without those that its own section adds: what these were before cannot be known.
    private func withoutOwnVariables(_ path: String?) -> [String: String] {
        guard let name = Self.processName(in: environment) else {
            // It was not started by supervisord.
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
