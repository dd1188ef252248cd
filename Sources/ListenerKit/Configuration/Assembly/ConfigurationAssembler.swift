/// Builds the model of a configuration from the sections of its files.
struct ConfigurationAssembler {
    private let document: INIDocument
    private let replaceable: Set<ConfigurationLocation>
    private let replacing: String?
    private let inputs: ConfigurationInputs
    private let here: String
    private let isIncomplete: Bool
    /// The names that every section can refer to.
    private var names: ExpansionNames
    private var groupReaders: [GroupReader] = []
    /// The groups that list a program, by the name of the program's section.
    private var claims: [String: [String]] = [:]
    private var processCount = 0

    private(set) var settings = SupervisordSettings()
    private(set) var programs: [ProgramConfiguration] = []
    private(set) var eventListeners: [EventListenerConfiguration] = []
    private(set) var servers: [ServerConfiguration] = []
    private(set) var groups: [GroupConfiguration] = []
    private(set) var rejectsRemoteInterface = false
    /// The problems, in the order in which they were found.
    private(set) var problems: [ConfigurationProblem]

    init(_ files: ConfigurationFiles, _ inputs: ConfigurationInputs) {
        document = files.document
        replaceable = files.replaceable
        replacing = files.replacing
        here = files.here
        isIncomplete = files.isIncomplete
        self.inputs = inputs
        names = ExpansionNames(environment: inputs.environment, here: files.here)
        problems = files.problems
    }

    /// Reads all sections, each kind after those that it depends on.
    mutating func assemble(mainFile: String) {
        reportDuplicates()
        readSupervisord(mainFile: mainFile)
        checkRemoteInterfaces()
        readGroups()
        readPrograms()
        readServers()
        checkFactory()
        buildGroups()
    }

    private func section(_ written: INISection) -> ConfigurationSection {
        ConfigurationSection(written: written, defaults: document.defaults, names: names)
    }

    /// The number of repeated keys from which on they are one problem: the section is there twice.
    private static let repeatedSectionSize = 3

    private mutating func reportDuplicates() {
        let duplicates = document.duplicates.filter { duplicate in
            duplicate.location.file != replacing
                && (!replaceable.contains(duplicate.replaced.location) || replaceable.contains(duplicate.location))
        }
        var start = duplicates.startIndex
        while start < duplicates.endIndex {
            let first = duplicates[start]
            let rest = duplicates[start...]
            let end = rest.firstIndex { !$0.isAlike(first) } ?? rest.endIndex
            if end - start >= Self.repeatedSectionSize {
                report(first, andOthers: end - start - 1)
            } else {
                for duplicate in duplicates[start..<end] {
                    report(duplicate)
                }
            }
            start = end
        }
    }

    private mutating func report(_ duplicate: INIDuplicate, andOthers count: Int = 0) {
        let line = duplicate.replaced.location
        let isElsewhere = line.file != duplicate.location.file
        let place = isElsewhere ? "\(line)" : "line \(line.line)"
        let consequence =
            isElsewhere && duplicate.section == "include"
            ? "has no effect here: supervisord ignores [include] in an included file"
            : "replaces the value at \(place)"
        let others = count > 0 ? ", and so do \(count) other keys: the section is there twice" : ""
        let message = "\(duplicate.replaced.key) in [\(duplicate.section)] \(consequence)\(others)"
        problems.append(ConfigurationProblem(.repeatedKey, at: duplicate.location, message))
    }

    private mutating func readSupervisord(mainFile: String) {
        guard let written = document.section(named: "supervisord") else {
            let message = """
                there is no [supervisord] section; supervisord rejects the configuration without it, but it may be empty \
                (listenerd supervise adds it)
                """
            let start = ConfigurationLocation(file: mainFile, line: 1)
            problems.append(ConfigurationProblem(.missingSection, at: start, message))
            return
        }
        let result = SupervisordReader.read(section(written), hostName: inputs.hostName)
        settings = result.settings
        problems += result.problems
        names.environment.merge(settings.environment) { $1 }
    }

    private mutating func checkRemoteInterfaces() {
        for written in document.sections where written.name.utf8.starts(with: "rpcinterface:".utf8) {
            var reader = SectionReader(section(written))
            // Values in these sections cannot refer to %(here)s.
            reader.section.names = ExpansionNames(environment: names.environment)
            if reader.section.option(RemoteInterface.factoryKey) == nil {
                reader.report(.missingKey, "[\(written.name)] needs supervisor.rpcinterface_factory=")
            }
            _ = reader.value(RemoteInterface.factoryKey, as: .nonEmpty)
            let keys = written.options.map(\.key) + document.defaults.options.map(\.key)
            for key in keys {
                _ = reader.text(key)
            }
            problems += reader.problems
        }
    }

    /// Without a server section, supervisord does not make the interface, so that a wrong one is a warning only.
    private mutating func checkFactory() {
        let written = document.section(named: RemoteInterface.sectionName)
        let isMade = written != nil && !servers.isEmpty
        let problem = RemoteInterface.problem(written, document.defaults.options, isMade ? .error : .warning)
        rejectsRemoteInterface = problem != nil
        problems += problem.map { [$0] } ?? []
    }

    private mutating func readGroups() {
        for written in document.sections where written.name.utf8.starts(with: "group:".utf8) {
            let group = GroupReader(section(written)) { document.section(named: $0) != nil }
            problems += group.problems
            groupReaders.append(group)
            for member in group.members {
                claims[member, default: []].append(group.name)
            }
        }
    }

    private mutating func readPrograms() {
        let allowsOtherEvents =
            isIncomplete
            || document.sections.contains {
                $0.name.utf8.starts(with: "rpcinterface:".utf8) && $0.name != RemoteInterface.sectionName
            }
        for written in document.sections {
            guard let kind = ProgramConfiguration.Kind(sectionName: written.name) else {
                continue
            }
            let section = section(written)
            let claimants = kind == .eventListener ? [] : claims[written.name] ?? []
            var program = readProgram(kind, section, groups: claimants)
            switch kind {
            case .program:
                programs.append(program)
            case .fastCGIProgram:
                // In a group, supervisord treats it as a plain program, and does not check its socket.
                if claimants.isEmpty {
                    let socket = FastCGIReader.read(section, programName: program.name)
                    program.socketOwner = socket.owner
                    problems += socket.problems
                }
                programs.append(program)
            case .eventListener:
                let result = EventListenerReader.read(section, program: program, allowsOtherEvents: allowsOtherEvents)
                eventListeners.append(result.listener)
                problems += result.problems
            }
        }
    }

    private mutating func readProgram(
        _ kind: ProgramConfiguration.Kind,
        _ section: ConfigurationSection,
        groups: [String]
    ) -> ProgramConfiguration {
        let room = ProgramReader.processLimit - processCount
        let result = ProgramReader.read(kind, section, groups: groups, hostName: inputs.hostName, room: room)
        processCount += result.program.processes.count
        problems += result.problems
        return result.program
    }

    private mutating func readServers() {
        let isInet = { (name: String) in name.utf8.starts(with: "inet_http_server".utf8) }
        let isUnix = { (name: String) in name.utf8.starts(with: "unix_http_server".utf8) }
        for written in document.sections where isInet(written.name) || isUnix(written.name) {
            var section = section(written)
            section.names = ExpansionNames(environment: names.environment)
            let result = ServerReader.read(section, here: here, inputs: inputs)
            problems += result.problems
            if let server = result.server {
                servers.append(server)
            }
        }
    }

    private mutating func buildGroups() {
        let builder = GroupBuilder(claims: claims, readers: groupReaders)
        groups = builder.groups(of: programs, and: eventListeners)
        problems += GroupBuilder.duplicates(among: groups)
    }
}

extension ProgramConfiguration.Kind {
    /// Reads the kind from the name of a section; nil results if it defines no processes.
    package init?(sectionName: String) {
        if sectionName.utf8.starts(with: "program:".utf8) {
            self = .program
        } else if sectionName.utf8.starts(with: "fcgi-program:".utf8) {
            self = .fastCGIProgram
        } else if sectionName.utf8.starts(with: "eventlistener:".utf8) {
            self = .eventListener
        } else {
            return nil
        }
    }
}
