/// supervisord's configuration, read as supervisord reads it.
public struct SupervisorConfiguration: Sendable {
    /// The main file, by the path that was given.
    public let path: String
    /// The main file, or the base of which `supervise` has composed that, which is what somebody has written.
    package let basePath: String
    /// All files that were read, the main one first.
    public let files: [String]
    /// The `[supervisord]` section.
    public let settings: SupervisordSettings
    /// The `[program:x]` and `[fcgi-program:x]` sections, in the order of the files.
    public let programs: [ProgramConfiguration]
    /// The `[eventlistener:x]` sections, in the order of the files.
    public private(set) var eventListeners: [EventListenerConfiguration]
    /// All process groups in the order in which supervisord starts them: by priority, then by name.
    public let groups: [GroupConfiguration]
    /// The server sections, in the order of the files.
    public let servers: [ServerConfiguration]
    /// Whether there is an `[rpcinterface:supervisor]`, without which calls are not answered.
    public let hasRemoteInterface: Bool
    /// Whether supervisord would refuse to start with a server and an `[rpcinterface:supervisor]`.
    package let rejectsRemoteInterface: Bool
    /// Which files it was read from, and as they were then.
    private let version: ConfigurationVersion
    /// What is wrong with it, in the order of files and lines; an error is what supervisord would refuse.
    public let problems: [ConfigurationProblem]

    /// Reads a file and what it includes.
    ///
    /// - Parameter path: The file, as given by a user or found by a search.
    /// - Throws: ``ConfigurationError`` where the file cannot be read, or has a line that no such file may contain.
    public init(path: String) throws(ConfigurationError) {
        try self.init(path: path, .current())
    }

    /// Reads a file and what it includes, in a world of the caller's.
    package init(path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
        self.init(try ConfigurationFiles.read(path, inputs), mainFile: path, inputs)
    }

    /// Makes sense of files that have been read.
    package init(_ files: ConfigurationFiles, mainFile path: String, _ inputs: ConfigurationInputs) {
        var assembler = ConfigurationAssembler(files, inputs)
        assembler.assemble(mainFile: path)
        self.path = path
        basePath = files.composedOf ?? path
        self.files = files.paths
        settings = assembler.settings
        programs = assembler.programs
        eventListeners = assembler.eventListeners
        groups = assembler.groups
        servers = assembler.servers
        hasRemoteInterface = files.document.section(named: RemoteInterface.sectionName) != nil
        rejectsRemoteInterface = assembler.rejectsRemoteInterface
        version = files.version
        problems = assembler.problems.sorted(byPlaceIn: files.paths)
    }
}

extension SupervisorConfiguration {
    /// Whether supervisord would refuse it.
    public var isRejected: Bool {
        problems.contains { $0.severity == .error }
    }

    /// Whether it was read from the same files as another one, and none of them has changed between.
    package func isSame(as other: SupervisorConfiguration) -> Bool {
        version == other.version
    }

    /// Whether its files are still as they were when it was read.
    func isCurrent(_ inputs: ConfigurationInputs) -> Bool {
        version == version.now(inputs)
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

    /// The server that supervisord tells its processes of in `SUPERVISOR_SERVER_URL`: the first with a socket file,
    /// else the last with a port.
    public var preferredServer: ServerConfiguration? {
        servers.first { server in
            if case .unix = server.endpoint { true } else { false }
        } ?? servers.last
    }
}
