extension [ProcessName] {
    /// The names as `supervisorctl` takes them; `group:*` stands before those of a group.
    var namesWithGroups: [String] {
        var names: [String] = []
        var group: String?
        for process in self {
            if process.group != group, process.group != process.process {
                names.append("\(process.group):*")
            }
            group = process.group
            names.append(process.description)
        }
        return names
    }
}

extension SupervisorConfiguration {
    /// The processes that are no listeners, in the order in which supervisord starts their groups.
    package var processesOfPrograms: [ProcessName] {
        let listeners = Set(eventListeners.flatMap { $0.program.processes })
        return groups.flatMap { $0.processes }.filter { !listeners.contains($0) }
    }

    /// Reads the processes of the configuration that options name, or that is found without them.
    ///
    /// - Parameter options: The options.
    /// - Returns: The processes, in the order in which supervisord starts their groups.
    /// - Throws: ``ConfigurationError``.
    static func processes(_ options: OptionValues) throws(ConfigurationError) -> [ProcessName] {
        let search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        let file = try search.find()
        let environment = search.supervisordEnvironment(forConfiguration: file)
        return try SupervisorConfiguration(path: file, .current(environment: environment)).processesOfPrograms
    }
}
