/// supervisord's configuration, read by supervisord's rules.
public struct SupervisorConfiguration: Sendable {
    /// The path of the main file, as given.
    public let path: String
    /// The path of the main file that the user has written: the base, if `supervise` has composed the main file.
    package let basePath: String
    /// The paths of all files that were read, the main one first.
    public let files: [String]
    /// All sections as they are written, those among them that supervisord ignores.
    package let document: INIDocument
    /// The `[supervisord]` section.
    public let settings: SupervisordSettings
    /// The `[program:x]` and `[fcgi-program:x]` sections, in the order of the files.
    public let programs: [ProgramConfiguration]
    /// The `[eventlistener:x]` sections, in the order of the files.
    public private(set) var eventListeners: [EventListenerConfiguration]
    /// All process groups, in the order in which supervisord starts them: by priority, then by name.
    public let groups: [GroupConfiguration]
    /// The server sections, in the order of the files.
    public let servers: [ServerConfiguration]
    /// Whether there is an `[rpcinterface:supervisor]`, without which supervisord answers no RPC calls.
    public let hasRemoteInterface: Bool
    /// Whether supervisord refuses to start with a server section and an `[rpcinterface:supervisor]`.
    package let rejectsRemoteInterface: Bool
    /// Whether a file that was not read may add to the sections.
    package let isIncomplete: Bool
    /// The lines of keys whose values are not known, because variables in them are not set.
    package let unknownValues: Set<ConfigurationLocation>
    /// The files that it was read from, with their stamps.
    private let version: ConfigurationVersion
    /// The problems, in the order of files and lines; supervisord rejects a configuration with an error.
    public let problems: [ConfigurationProblem]

    /// Reads a file and those that it includes.
    ///
    /// - Parameter path: The path of the file, as given by the user or found by a search.
    /// - Throws: ``ConfigurationError`` if the file cannot be read, or has an invalid line.
    public init(path: String) throws(ConfigurationError) {
        try self.init(path: path, .current())
    }

    /// Reads a file and those that it includes, with inputs of the caller's own.
    package init(path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
        self.init(try ConfigurationFiles.read(path, inputs), mainFile: path, inputs)
    }

    /// Reads files that another one includes, without that one.
    ///
    /// - Parameters:
    ///   - paths: The files of one directory, at least one, in the order in which they are included.
    ///   - inputs: The inputs with the files.
    /// - Throws: ``ConfigurationError`` if a file cannot be read, or has an invalid line.
    package init(fragments paths: [String], _ inputs: ConfigurationInputs) throws(ConfigurationError) {
        self.init(try ConfigurationFiles.read(fragments: paths, inputs), mainFile: paths.first ?? "", inputs)
    }

    /// Builds the configuration from files that have been read.
    package init(_ files: ConfigurationFiles, mainFile path: String, _ inputs: ConfigurationInputs) {
        var assembler = ConfigurationAssembler(files, inputs)
        assembler.assemble(mainFile: path)
        self.path = path
        basePath = files.composedOf ?? path
        self.files = files.paths
        document = files.document
        settings = assembler.settings
        programs = assembler.programs
        eventListeners = assembler.eventListeners
        groups = assembler.groups
        servers = assembler.servers
        hasRemoteInterface = files.document.section(named: RemoteInterface.sectionName) != nil
        rejectsRemoteInterface = assembler.rejectsRemoteInterface
        version = files.version
        isIncomplete = files.isIncomplete
        let problems = assembler.problems.sorted(byPlaceIn: files.paths)
        let unknownValues = Set(problems.filter { $0.unsetVariable != nil }.map(\.location))
        self.unknownValues = unknownValues
        // Nothing else is wrong with a value that is not known.
        let known = problems.filter { problem in
            problem.unsetVariable != nil || problem.rule == .repeatedKey || !unknownValues.contains(problem.location)
        }
        self.problems = known.mergingUnsetVariables()
    }
}

extension SupervisorConfiguration {
    /// Whether supervisord rejects it.
    public var isRejected: Bool {
        problems.contains { $0.severity == .error }
    }

    /// Returns whether it was read from the same files as another one, and none of them has changed in between.
    package func isSame(as other: SupervisorConfiguration) -> Bool {
        version == other.version
    }

    /// Returns whether its files have not changed since it was read.
    func isCurrent(_ inputs: ConfigurationInputs) -> Bool {
        version == version.current(inputs)
    }

    /// Returns the same configuration, in which the section of a listener's own process is marked.
    ///
    /// - Parameter process: The process; nil if supervisord has not named it.
    /// - Returns: The configuration.
    func marking(_ process: ProcessName?) -> SupervisorConfiguration {
        guard let process,
            let index = eventListeners.firstIndex(where: { $0.program.processes.contains(process) })
        else {
            return self
        }
        var marked = self
        marked.eventListeners[index].isThisListener = true
        return marked
    }

    /// The server whose URL supervisord passes to its processes in `SUPERVISOR_SERVER_URL`.
    ///
    /// It is the first one with a socket file, or else the last one with a port.
    public var preferredServer: ServerConfiguration? {
        servers.first { server in
            if case .unix = server.endpoint { true } else { false }
        } ?? servers.last
    }
}
