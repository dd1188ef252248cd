/// Finds supervisord's configuration file.
///
/// In this order: the file that is named; `$LISTENERD_CONFIG`; what the supervisord that started this process was told, or
/// for others than listeners the one that a running `supervise` has started; the places where supervisord itself looks.
package struct ConfigurationSearch: Sendable {
    /// The file that the user named with `--config`.
    package var named: String?
    /// The environment, for `$LISTENERD_CONFIG`, and for the `$PATH` on which supervisord may be.
    package var environment: [String: String]
    /// The process that started this one, where that may be supervisord.
    package var parent: RunningProcess?
    /// The files of what is running under a `supervise`, for others than listeners.
    package var supervised: [String]
    /// The supervisords that run these files.
    var supervisords: [String: Int32] = [:]
    /// Whether supervisord is expected to have started this process.
    var isListener = false
    /// Where relative paths start from.
    package var workingDirectory: String
    /// Whether there is a file at a path.
    package var exists: @Sendable (String) -> Bool

    /// The variable by which `supervise` tells its listeners of the file.
    package static let variable = "LISTENERD_CONFIG"

    /// Prepares a search.
    package init(
        named: String? = nil,
        environment: [String: String] = [:],
        parent: RunningProcess? = nil,
        supervised: [String] = [],
        workingDirectory: String,
        exists: @escaping @Sendable (String) -> Bool
    ) {
        self.named = named
        self.environment = environment
        self.parent = parent
        self.supervised = supervised
        self.workingDirectory = workingDirectory
        self.exists = exists
    }

    /// Prepares a search in the world that this process lives in.
    ///
    /// - Parameters:
    ///   - named: The file that the user named.
    ///   - environment: The variables of this process.
    ///   - asListener: Whether supervisord is expected to have started this process.
    /// - Returns: The search, which has not looked anywhere yet.
    package static func current(
        named: String?,
        environment: [String: String] = currentEnvironment(),
        asListener: Bool
    ) -> ConfigurationSearch {
        // Looking at every process takes its time, and what is named is not looked for.
        let looksForSupervised = named == nil && !asListener
        let supervised = looksForSupervised ? RunningProcess.supervisedConfigurations : []
        var search = ConfigurationSearch(
            named: named,
            environment: asListener ? listenerEnvironment(environment) : environment,
            parent: asListener ? .supervisordAtStart : nil,
            supervised: supervised.map { $0.file },
            workingDirectory: currentWorkingDirectory(),
            exists: fileExists
        )
        search.supervisords = Dictionary(supervised.map { ($0.file, $0.supervisord) }) { first, _ in first }
        search.isListener = asListener
        return search
    }

    /// The path of the file.
    ///
    /// What was named is not looked for: that it is missing shows when it is read.
    ///
    /// - Returns: The path.
    /// - Throws: ``ConfigurationError`` that lists where the search looked.
    package func find() throws(ConfigurationError) -> String {
        if let named {
            return named
        }
        if let path = environment[Self.variable], !path.isEmpty {
            guard exists(path) else {
                throw .missingOfVariable(path)
            }
            return path
        }
        if let path = supervised.first {
            guard supervised.count == 1 else {
                throw .ambiguous(supervised)
            }
            return path
        }
        let supervisord = parent.flatMap { SupervisordCommandLine(arguments: $0.arguments) }
        if let path = supervisord?.configurationFile {
            return try locate(path)
        }
        let places = usualPlaces(supervisord?.program ?? supervisordOnPath)
        guard let path = places.first(where: exists) else {
            throw .notFound(lookedFor: places)
        }
        return path
    }

    /// Whether the user knows which file was found: it was named, or is in the working directory.
    ///
    /// - Parameter path: What ``find()`` has returned.
    /// - Returns: Whether that need not be said.
    package func isObvious(_ path: String) -> Bool {
        named != nil || PathText.directory(of: PathText.absolute(path, from: workingDirectory)) == workingDirectory
    }

    /// Where a path from supervisord's command line leads.
    ///
    /// supervisord may have changed its directory since it was started, so ours is tried too.
    private func locate(_ path: String) throws(ConfigurationError) -> String {
        let candidates = distinct(directories.map { PathText.absolute(path, from: $0) })
        guard let found = candidates.first(where: exists) else {
            throw .missing(named: path, lookedFor: candidates)
        }
        return found
    }

    /// supervisord's own search order, which begins next to where it is installed.
    private func usualPlaces(_ supervisord: String?) -> [String] {
        let files = ["supervisord.conf", "etc/supervisord.conf"]
        var places: [String] = []
        if let supervisord, supervisord.utf8.contains(UInt8(ascii: "/")) {
            let home = PathText.directory(of: PathText.directory(of: supervisord))
            places += directories.flatMap { directory in
                files.reversed().map { PathText.absolute(PathText.joined(home, $0), from: directory) }
            }
        }
        places += directories.flatMap { directory in files.map { PathText.absolute($0, from: directory) } }
        places += ["/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"]
        return distinct(places)
    }

    /// The directories that a relative path of supervisord's may start from.
    private var directories: [String] {
        [parent?.workingDirectory, workingDirectory].compactMap { $0 }
    }

    private var supervisordOnPath: String? {
        let directories = (environment["PATH"] ?? "").split(separator: ":")
        return directories.map { "\($0)/supervisord" }.first(where: exists)
    }

    private func distinct(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }
}
