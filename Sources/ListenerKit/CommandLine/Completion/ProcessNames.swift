/// The names of processes and their groups, as `supervisorctl` takes them.
struct ProcessNames {
    /// The names, in the order of the processes; `group:*` stands before those of a group.
    private(set) var all: [String] = []

    /// Collects the names of processes.
    ///
    /// - Parameter processes: The processes, those of a group one after the other.
    init(_ processes: [ProcessName]) {
        var group: String?
        for process in processes {
            if process.group != group, process.group != process.process {
                all.append("\(process.group):*")
            }
            group = process.group
            all.append(process.description)
        }
    }

    /// Reads the processes of the configuration that options name, or that is found without them.
    ///
    /// - Parameter options: The options.
    /// - Returns: The processes, in the order in which supervisord starts their groups.
    /// - Throws: ``ConfigurationError``.
    static func read(_ options: OptionValues) throws(ConfigurationError) -> [ProcessName] {
        let search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        let file = try search.find()
        let environment = search.supervisordEnvironment(forConfiguration: file)
        return try SupervisorConfiguration(path: file, .current(environment: environment)).groups.flatMap { $0.processes }
    }
}
