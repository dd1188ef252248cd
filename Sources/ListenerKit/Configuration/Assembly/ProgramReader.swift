/// Reads a section that defines processes.
struct ProgramReader {
    /// The groups that the program belongs to; its own if no `[group:x]` lists it.
    private let groups: [String]
    private var reader: SectionReader
    private var program: ProgramConfiguration
    private var firstNumber = 0
    /// The number of processes that may still be defined.
    private let room: Int

    /// No machine runs so many processes, and naming many more would only fill the memory.
    static let processLimit = 100_000

    /// Reads a section.
    ///
    /// - Parameters:
    ///   - kind: What kind of section it is.
    ///   - section: The section, with the names that every section can refer to.
    ///   - groups: The groups that list the program; if there are none, it makes one of its own.
    ///   - hostName: The value of `%(host_node_name)s`.
    ///   - room: The number of processes that may still be defined.
    /// - Returns: The program, with defaults in place of invalid values, and the problems.
    static func read(
        _ kind: ProgramConfiguration.Kind,
        _ section: ConfigurationSection,
        groups: [String],
        hostName: String,
        room: Int
    ) -> (program: ProgramConfiguration, problems: [ConfigurationProblem]) {
        var reader = ProgramReader(kind, section, groups: groups, hostName: hostName, room: room)
        reader.readSettings()
        reader.readSyntax()
        reader.readProcesses()
        return (reader.program, reader.reader.problems)
    }

    private init(
        _ kind: ProgramConfiguration.Kind,
        _ section: ConfigurationSection,
        groups: [String],
        hostName: String,
        room: Int
    ) {
        self.room = room
        var reader = SectionReader(section)
        let name = reader.nameAfterColon()
        self.groups = groups.isEmpty ? [name] : groups
        reader.section.names.programName = name
        reader.section.names.hostName = hostName
        reader.section.names.groupName = self.groups.first
        program = ProgramConfiguration(kind, name: name, section: reader.section)
        self.reader = reader
    }

    /// Reads the keys that are part of the model.
    private mutating func readSettings() {
        program.priority = reader.value("priority", as: .integer)
        program.autostart = reader.value("autostart", as: .boolean) ?? program.autostart
        program.autorestart = reader.value("autorestart", as: .autorestart) ?? program.autorestart
        program.startSeconds = reader.value("startsecs", as: .integer) ?? program.startSeconds
        program.startRetries = reader.value("startretries", as: .integer) ?? program.startRetries
        program.stopWaitSeconds = reader.value("stopwaitsecs", as: .integer) ?? program.stopWaitSeconds
        program.exitCodes = reader.value("exitcodes", as: .exitCodes) ?? program.exitCodes
        program.redirectsStderr = reader.value("redirect_stderr", as: .boolean) ?? program.redirectsStderr
        program.stdoutEventsEnabled = reader.value("stdout_events_enabled", as: .boolean) ?? false
        program.stderrEventsEnabled = reader.value("stderr_events_enabled", as: .boolean) ?? false
        program.processCount = reader.value("numprocs", as: .integer) ?? program.processCount
        firstNumber = reader.value("numprocs_start", as: .integer) ?? 0
    }

    /// Checks the keys that are not part of the model, but that supervisord rejects if they are invalid.
    private mutating func readSyntax() {
        _ = reader.value("stopsignal", as: .signal)
        program.stopsGroup = reader.value("stopasgroup", as: .boolean) ?? program.stopsGroup
        let killsGroup = reader.value("killasgroup", as: .boolean) ?? program.stopsGroup
        if program.stopsGroup, !killsGroup {
            reader.report(.invalidValue, "killasgroup", "must not be false if stopasgroup is true")
        }
        _ = reader.value("umask", as: .octal)
        _ = reader.value("stdout_capture_maxbytes", as: .byteSize)
        _ = reader.value("stderr_capture_maxbytes", as: .byteSize)
        _ = reader.text("serverurl")
        program.user = reader.value("user", as: .user)
    }

    private mutating func readProcesses() {
        let template = reader.section.option("process_name")?.text.strippedAsPython ?? "%(program_name)s"
        if let character = SectionReader.forbiddenCharacter(in: template) {
            reader.report(.invalidName, "process_name", "must not contain \(character.quoted)")
        }
        let count = program.processCount
        if count > 1, !template.contains(bytesOf: "%(process_num)") {
            reader.report(
                .invalidValue,
                "numprocs",
                "is greater than 1, so process_name must contain %(process_num), as in "
                    + "%(program_name)s_%(process_num)02d"
            )
            return
        }
        guard !firstNumber.addingReportingOverflow(max(0, count)).overflow else {
            reader.report(.invalidValue, "numprocs_start", "makes the process numbers too large")
            return
        }
        guard count <= room / groups.count else {
            reader.report(
                .invalidValue,
                "numprocs",
                "asks for \(count) processes; at most \(Self.processLimit) are supported in all"
            )
            return
        }
        for group in groups {
            reader.section.names.groupName = group
            readProcesses(of: group, template)
        }
    }

    /// Names the processes of one group.
    ///
    /// As in supervisord, the names that one process defines are still defined for the next one.
    private mutating func readProcesses(of group: String, _ template: String) {
        let isEnvironmentNumbered =
            (reader.section.option("environment")?.text.contains(bytesOf: "%(process_num)") ?? false)
            && template.contains(bytesOf: "%(ENV_")
        var names: [String] = []
        for offset in 0..<max(0, program.processCount) {
            reader.section.names.processNumber = firstNumber + offset
            reader.section.names.processCount = program.processCount
            if offset == 0 {
                readFirstProcess()
            } else if isEnvironmentNumbered {
                _ = readEnvironment()
            }
            guard let name = processName(template) else {
                break
            }
            names.append(name)
        }
        names.sort()
        for name in names {
            program.processes.append(ProcessName(group: group, process: name))
        }
        reader.section.names.ownEnvironment = [:]
    }

    private mutating func processName(_ template: String) -> String? {
        guard let option = reader.section.option("process_name") else {
            return program.name
        }
        return reader.expand(template, of: option)
    }

    private mutating func readEnvironment() -> [String: String] {
        guard let option = reader.section.option("environment"),
            let text = reader.expand(option.text, of: option)
        else {
            return [:]
        }
        let variables = reader.variables(in: text, of: option)
        reader.section.names.ownEnvironment.merge(variables) { $1 }
        return variables
    }

    /// Reads the keys that may depend on the process's number, for the first process.
    ///
    /// They depend on it in the same way for every process, so that checking the first one is enough.
    private mutating func readFirstProcess() {
        program.environment = readEnvironment()
        program.directory = reader.text("directory")
        (program.stdoutLog, program.stdoutLogMaximumBytes) = readLog(.stdout)
        (program.stderrLog, program.stderrLogMaximumBytes) = readLog(.stderr)
        let command = reader.text("command")
        guard let option = reader.section.option("command") else {
            reader.report(.missingKey, "[\(reader.section.name)] needs command=")
            return
        }
        program.command = command.map { ConfigurationValue($0, at: option.location) }
    }

    private mutating func readLog(_ keys: LogKeys) -> (log: ProgramLog, maximumBytes: Int) {
        _ = reader.value(keys.backups, as: .integer)
        let maximumBytes =
            reader.value(keys.maximumBytes, as: .byteSize) ?? ProgramConfiguration.defaultLogMaximumBytes
        let isSyslog = reader.value(keys.syslog, as: .boolean) ?? false
        // supervisord expands the names of log files twice.
        guard let option = reader.section.option(keys.file), let once = reader.text(keys.file),
            let path = reader.expand(once, of: option, isSecondTime: true)
        else {
            return (.automatic, maximumBytes)
        }
        let log = ProgramLog(path)
        return (isSyslog && log == .discarded ? .syslog : log, maximumBytes)
    }
}
