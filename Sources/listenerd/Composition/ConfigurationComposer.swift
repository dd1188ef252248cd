import ListenerKit

/// Composes a configuration: a small main file that includes the base and the files of the roles.
///
/// Neither the base nor the roles are copied or changed, so `%(here)s` and line numbers stay valid, and supervisord sees edits
/// when it reads its configuration again. Later options override earlier ones, so common options are in the main file itself,
/// before the included files.
struct ConfigurationComposer {
    private let inputs: ConfigurationInputs
    let base: ConfigurationFiles
    /// The absolute path of the base.
    let path: String
    /// The sections of the base and of the files that it includes.
    let document: INIDocument
    let roles: [Role]
    private let leavesRolesOut: Bool
    let common: CommonOptions?
    private(set) var sections: [GeneratedSection] = []
    /// Sections whose options programs may replace.
    private(set) var defaults: [GeneratedSection] = []
    /// Sections whose options replace those of programs.
    private(set) var replacements: [GeneratedSection] = []
    /// The path of the socket for an added server section, relative to the main file.
    private(set) var socket = "%(here)s/\(ConfigurationComposer.socketName)"

    /// The name of the file of common options if none is given.
    private static let defaultCommonFile = "common.conf"
    static let client = "supervisorctl"
    static let server = "unix_http_server"
    private static let daemon = "supervisord"
    /// The name of the socket for an added server section.
    private static let socketName = "supervisor.sock"

    /// Reads the base, the roles and the common options.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - inputs: The inputs with the files.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    init(_ request: CompositionRequest, _ inputs: ConfigurationInputs) throws {
        self.inputs = inputs
        path = PathText.absolute(request.base, from: inputs.workingDirectory)
        var base = try ConfigurationFiles.read(request.base, inputs)
        let chosen = try request.chosenRoles(besides: base.here, inputs)
        // Only a base that is included needs its absolute path; messages about another name it as the user has done.
        if request.base != path, chosen != nil || request.purpose == .running {
            base = try ConfigurationFiles.read(path, inputs)
        }
        self.base = base
        var document = base.document
        document.replaceHere(with: base.here)
        self.document = document
        guard let chosen else {
            roles = []
            leavesRolesOut = false
            common = nil
            return
        }
        roles = try chosen.read(besides: document, inputs)
        leavesRolesOut = chosen.names.count < chosen.directory.names.count
        common = try Self.commonFile(request, base.here, inputs).map { try CommonOptions(file: $0, inputs) }
    }

    private static func commonFile(
        _ request: CompositionRequest,
        _ directory: String,
        _ inputs: ConfigurationInputs
    ) -> String? {
        if let named = request.common {
            return PathText.absolute(named, from: inputs.workingDirectory)
        }
        return inputs.pathsMatching(
            IncludePattern.globPattern(matching: PathText.joined(directory, defaultCommonFile))
        ).first
    }

    /// Whether the configuration has roles.
    var hasRoles: Bool { !roles.isEmpty }

    /// Adds a section.
    ///
    /// - Throws: ``ConfigurationProblem`` if the base or a role has a section of that name.
    mutating func add(_ section: GeneratedSection) throws(ConfigurationProblem) {
        for document in documents {
            if let written = document.section(named: section.name) {
                let advice = "select none, or rename this section"
                throw ConfigurationProblem(
                    .reservedSection,
                    at: written.location,
                    "[\(section.name)] is added for the selected handlers; \(advice)"
                )
            }
        }
        sections.append(section)
    }

    /// Adds options to programs.
    ///
    /// - Parameters:
    ///   - defaults: A section for every program, in the order of the composed configuration; programs' own options replace these.
    ///   - replacements: Sections whose options replace those of programs; each has the location of the one that it replaces.
    mutating func addOptions(defaults: [GeneratedSection], replacements: [GeneratedSection]) {
        self.defaults = defaults
        self.replacements = replacements
    }

    /// Adds the sections that are missing: `[supervisord]`, a private server, and its RPC interface.
    ///
    /// If supervisord would refuse to start with the interface, neither it nor the server is added to a base without roles, which
    /// can run without them.
    ///
    /// - Parameters:
    ///   - answersCalls: Whether supervisord must answer RPC calls.
    ///   - socketDirectory: The directory for the socket of the server, below that of the main file; nil for the latter itself.
    /// - Throws: ``ConfigurationProblem`` if supervisord would refuse to start with the interface, and calls must be answered or
    ///   there are roles.
    mutating func addMissingSections(
        answersCalls: Bool,
        socketDirectory: String? = nil
    ) throws(ConfigurationProblem) {
        if let socketDirectory {
            socket = "%(here)s/\(socketDirectory)/\(Self.socketName)"
        }
        if !isThere({ $0 == Self.daemon }) {
            sections.append(GeneratedSection(Self.daemon, [:]))
        }
        let hasServer = isThere {
            $0.utf8.starts(with: Self.server.utf8) || $0.utf8.starts(with: "inet_http_server".utf8)
        }
        let interface = documents.compactMap { $0.section(named: RemoteInterface.sectionName) }.first
        guard !hasServer || interface == nil else {
            return
        }
        if let problem = RemoteInterface.problem(interface, documents.flatMap { $0.defaults.options }) {
            guard answersCalls || hasRoles else {
                return
            }
            throw problem
        }
        if !hasServer {
            sections.append(GeneratedSection(Self.server, ["file": socket, "chmod": "0700"]))
        }
        if interface == nil {
            sections.append(
                GeneratedSection(RemoteInterface.sectionName, [RemoteInterface.factoryKey: RemoteInterface.factory])
            )
        }
    }

    private func isThere(_ isWanted: (String) -> Bool) -> Bool {
        documents.contains { $0.sections.contains { isWanted($0.name) } }
    }

    /// The sections of the base, and those of each role.
    var documents: [INIDocument] { [document] + roles.map(\.document) }

    /// Composes the configuration.
    ///
    /// - Parameter directory: The directory in which the main file will be; a private one, because passwords may be in the file.
    /// - Returns: The main file, and the configuration as supervisord reads it.
    /// - Throws: ``ConfigurationProblem`` if supervisord rejects the `[include]` of the base; ``ConfigurationError`` if a file has
    ///   changed meanwhile, and is malformed now.
    func compose(into directory: String) throws -> ComposedConfiguration {
        guard !roles.isEmpty || !sections.isEmpty else {
            let configuration = SupervisorConfiguration(base, mainFile: base.paths.first ?? path, inputs)
            return ComposedConfiguration(
                text: nil,
                replacements: nil,
                configuration: configuration,
                sources: configuration.files,
                leavesRolesOut: false
            )
        }
        // supervisord would reject the base, but not a main file that includes it and has an [include] of its own.
        if let problem = base.problems.first(where: { $0.severity == .error && $0.location.file == path }) {
            throw problem
        }
        let replacements = replacementsFile()
        var text = mainFile(including: replacements == nil ? [] : [ComposedConfiguration.replacementsName])
        let main = PathText.joined(directory, ComposedConfiguration.fileName)
        // The replacements are not there yet to be included.
        let readable = mainFile()
        var files = try ConfigurationFiles.read(composed: readable.text, origins: readable.origins, at: main, inputs)
        if let replacements {
            try files.replaceOptions(by: replacements.text, origins: replacements.origins, at: main)
        }
        let configuration = SupervisorConfiguration(files, mainFile: path, inputs)
        if let client = client(of: configuration.preferredServer) {
            text.append(client)
        }
        return ComposedConfiguration(
            text: text.text,
            replacements: replacements?.text,
            configuration: configuration,
            sources: configuration.files + [common?.file].compactMap { $0 },
            leavesRolesOut: leavesRolesOut
        )
    }
}
