import ListenerKit

/// Composes a configuration: a small main file that includes the base and the files of the roles.
///
/// Neither the base nor the roles are copied or changed, so `%(here)s` and line numbers stay valid, and supervisord sees edits
/// when it reads its configuration again. Later options override earlier ones, so common options are in the main file itself,
/// before the included files.
struct ConfigurationComposer {
    private let inputs: ConfigurationInputs
    private let base: ConfigurationFiles
    /// The absolute path of the base.
    private let path: String
    /// The sections of the base and of the files that it includes.
    private let document: INIDocument
    private let roles: [Role]
    private let leavesRolesOut: Bool
    private let common: CommonOptions?
    private var sections: [GeneratedSection] = []
    /// The path of the socket for an added server section, relative to the main file.
    private var socket = "%(here)s/\(ConfigurationComposer.socketName)"

    /// The name of the file of common options if none is given.
    private static let defaultCommonFile = "common.conf"
    private static let client = "supervisorctl"
    private static let server = "unix_http_server"
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
    private var documents: [INIDocument] { [document] + roles.map(\.document) }

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
                configuration: configuration,
                sources: configuration.files,
                leavesRolesOut: false
            )
        }
        // supervisord would reject the base, but not a main file that includes it and has an [include] of its own.
        if let problem = base.problems.first(where: { $0.severity == .error && $0.location.file == path }) {
            throw problem
        }
        var text = mainFile()
        let main = PathText.joined(directory, ComposedConfiguration.fileName)
        let files = try ConfigurationFiles.read(composed: text.text, origins: text.origins, at: main, inputs)
        let configuration = SupervisorConfiguration(files, mainFile: path, inputs)
        if let client = client(of: configuration.preferredServer) {
            text.append(client)
        }
        return ComposedConfiguration(
            text: text.text,
            configuration: configuration,
            sources: configuration.files + [common?.file].compactMap { $0 },
            leavesRolesOut: leavesRolesOut
        )
    }
}

// MARK: - The main file

extension ConfigurationComposer {
    private func mainFile() -> ComposedText {
        var text = ComposedText(of: path)
        text.append(ConfigurationFiles.firstComposedLine)
        text.append("[include]")
        let patterns =
            [IncludePattern.matching(path)]
            + base.patterns.map { IncludePattern.absolute($0, from: base.here) }
            + roles.flatMap { $0.files.map(IncludePattern.matching) }
        for (position, pattern) in patterns.enumerated() {
            text.append((position == 0 ? "files = " : "    ") + pattern, from: base.patternsLocation)
        }
        if let common {
            append(common, to: &text)
        }
        for section in sections {
            text.append(section)
        }
        return text
    }

    /// Adds the common options; the options of the programs themselves are included later, and so override them.
    private func append(_ common: CommonOptions, to text: inout ComposedText) {
        var seen: Set<String> = []
        for program in roles.flatMap(\.programs) {
            guard document.section(named: program.name) == nil, seen.insert(program.name).inserted else {
                continue
            }
            text.append("")
            text.append("[\(program.name)]", from: program.location)
            for (index, line) in common.lines.enumerated() {
                let origin = ConfigurationLocation(file: common.file, line: index + 1)
                text.append(line, from: origin)
            }
        }
    }

    /// Returns the section for supervisorctl, which ignores included files; nil if it needs none.
    private func client(of server: ServerConfiguration?) -> GeneratedSection? {
        let written = document.section(named: Self.client)
        if sections.contains(where: { $0.name == Self.server }) {
            let location = written?["serverurl"]?.location
            let url = GeneratedSection.Option(key: "serverurl", text: "unix://\(socket)", location: location)
            let others = written?.options.filter { $0.key != "serverurl" } ?? []
            return GeneratedSection(Self.client, [url] + others.map { GeneratedSection.Option($0) })
        }
        if let written {
            return GeneratedSection(Self.client, written.options.map { GeneratedSection.Option($0) })
        }
        guard let server else {
            return nil
        }
        let url = server.url.utf8.flatMap { $0 == UInt8(ascii: "%") ? [$0, $0] : [$0] }
        let section = documents.compactMap { $0.section(named: server.sectionName) }.last
        let login = server.hasHashedPassword ? [] : ["username", "password"].compactMap { section?[$0] }
        return GeneratedSection(
            Self.client,
            [GeneratedSection.Option(key: "serverurl", text: String(decoding: url, as: UTF8.self))]
                + login.map { GeneratedSection.Option($0) }
        )
    }
}
