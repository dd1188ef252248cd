import ListenerKit

/// Puts a configuration together: a small main file that includes the base and the files of roles.
///
/// Neither base nor roles are copied or changed, so `%(here)s` and line numbers keep their meaning, and supervisord sees edits
/// when it reads its configuration again. What comes later wins, so what every program has in common stands in the main file
/// itself.
struct ConfigurationComposer {
    private let inputs: ConfigurationInputs
    private let base: ConfigurationFiles
    /// The base, by its absolute path.
    private let path: String
    /// The sections of the base and what it includes.
    private let document: INIDocument
    private let roles: [Role]
    private let leavesRolesOut: Bool
    private let common: CommonOptions?
    private var sections: [GeneratedSection] = []
    /// Where the socket of a server that is added is, wherever the main file is going to be.
    private var socket = "%(here)s/\(ConfigurationComposer.socketName)"

    /// The file of common options, where none is named.
    private static let usualCommonFile = "common.conf"
    private static let client = "supervisorctl"
    private static let server = "unix_http_server"
    private static let daemon = "supervisord"
    /// What the socket of a server that is added is called, in the directory of the main file.
    private static let socketName = "supervisor.sock"

    /// Reads the base, the roles and the common options.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - inputs: The world with the files.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    init(_ request: CompositionRequest, _ inputs: ConfigurationInputs) throws {
        self.inputs = inputs
        path = PathText.absolute(request.base, from: inputs.workingDirectory)
        var base = try ConfigurationFiles.read(request.base, inputs)
        let chosen = try request.chosenRoles(besides: base.here, inputs)
        // What is not going to be included is named in messages as the user has named it.
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
        leavesRolesOut = chosen.names.count < chosen.folder.names.count
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
            IncludePattern.globPattern(matching: PathText.joined(directory, usualCommonFile))
        ).first
    }

    /// Whether there are roles in it.
    var hasRoles: Bool { !roles.isEmpty }

    /// Adds a section.
    ///
    /// - Throws: ``ConfigurationProblem`` where the base or a role has a section of that name.
    mutating func add(_ section: GeneratedSection) throws(ConfigurationProblem) {
        for document in documents {
            if let written = document.section(named: section.name) {
                let advice = "select none, or rename this section"
                throw ConfigurationProblem(
                    .error,
                    at: written.location,
                    "[\(section.name)] is added for the selected handlers; \(advice)"
                )
            }
        }
        sections.append(section)
    }

    /// Adds what supervisord does not start without, a private server where there is none, and the interface behind it.
    ///
    /// Where supervisord would not start with the interface, a base without roles, which runs as it is, can do without both.
    ///
    /// - Parameters:
    ///   - answersCalls: Whether supervisord must answer calls.
    ///   - folder: The folder for the socket of the server, in the directory of the main file; nil for that directory.
    /// - Throws: ``ConfigurationProblem`` where it must, or there are roles, and supervisord would not start with the interface.
    mutating func addMissingSections(
        answersCalls: Bool,
        socketFolder folder: String? = nil
    ) throws(ConfigurationProblem) {
        if let folder {
            socket = "%(here)s/\(folder)/\(Self.socketName)"
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

    /// Puts everything together.
    ///
    /// - Parameter directory: Where the main file is going to be; a private folder, since passwords may be in it.
    /// - Returns: The main file, and what supervisord makes of it.
    /// - Throws: ``ConfigurationProblem`` where the base includes nothing in a way that supervisord takes;
    ///   ``ConfigurationError`` where a file has changed meanwhile, and is malformed now.
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
        // supervisord would refuse the base, yet not what includes it and has an [include] of its own.
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

    /// Common options come before those of the programs themselves, which are included later, and so win.
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

    /// supervisorctl looks at nothing that a file includes, so what it needs stands in the main file.
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
