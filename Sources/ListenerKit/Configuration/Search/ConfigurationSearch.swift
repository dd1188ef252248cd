/// Finds supervisord's configuration file.
///
/// The order is: the file that the user named; `$LISTENERD_CONFIG`; the file that the supervisord which runs this listener was
/// started with, or, for programs other than listeners, the one that a running `supervise` has started it with; the default
/// paths of supervisord.
package struct ConfigurationSearch: Sendable {
    /// The file that the user named with `--config`.
    package var named: String?
    /// The environment, for `$LISTENERD_CONFIG`, and for the `$PATH` on which to find supervisord.
    package var environment: [String: String]
    /// The process that started this one, if that can be supervisord.
    package var parent: RunningProcess?
    /// The files of all supervisords that `supervise` runs, for programs other than listeners.
    package var supervised: [String]
    /// The pids of these supervisords, by their files.
    var supervisords: [String: Int32] = [:]
    /// Whether supervisord is expected to have started this process.
    var isListener = false
    /// The directory that relative paths start from.
    package var workingDirectory: String
    /// Returns whether a path exists.
    package var exists: @Sendable (String) -> Bool

    /// The environment variable in which `supervise` passes the file to its listeners.
    package static let variable = "LISTENERD_CONFIG"

    /// The default paths of supervisord, without those relative to its own.
    static let usualPaths = relativePaths + absolutePaths
    private static let relativePaths = ["supervisord.conf", "etc/supervisord.conf"]
    private static let absolutePaths = ["/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"]

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

    /// Prepares a search with the environment and file system of this process.
    ///
    /// - Parameters:
    ///   - named: The file that the user named.
    ///   - environment: The variables of this process.
    ///   - asListener: Whether supervisord is expected to have started this process.
    /// - Returns: The search, which has not read anything but the environment yet.
    package static func current(
        named: String?,
        environment: [String: String] = currentEnvironment(),
        asListener: Bool
    ) -> ConfigurationSearch {
        // Reading the command lines of all processes takes time, and a file that was named is not searched for.
        let findsSupervised = named == nil && !asListener
        let supervised = findsSupervised ? RunningProcess.supervisedConfigurations : []
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

    /// Returns the path of the file.
    ///
    /// A file that the user named is not searched for; reading it fails if it does not exist.
    ///
    /// - Returns: The path.
    /// - Throws: ``ConfigurationError``, with the paths that were tried.
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
        let places = defaultPaths(supervisord?.program ?? supervisordOnPath)
        guard let path = places.first(where: exists) else {
            throw .notFound(lookedFor: places)
        }
        return path
    }

    /// Returns whether the user knows without a message which file was found: it was named, or is in the working directory.
    ///
    /// - Parameter path: The path that ``find()`` has returned.
    /// - Returns: Whether no message is needed.
    package func isObvious(_ path: String) -> Bool {
        named != nil || PathText.directory(of: PathText.absolute(path, from: workingDirectory)) == workingDirectory
    }

    /// Returns the absolute path of one from supervisord's command line.
    ///
    /// supervisord may have changed its working directory since it was started, so that of this process is tried too.
    private func locate(_ path: String) throws(ConfigurationError) -> String {
        let candidates = distinct(directories.map { PathText.absolute(path, from: $0) })
        guard let found = candidates.first(where: exists) else {
            throw .missing(named: path, lookedFor: candidates)
        }
        return found
    }

    /// Returns supervisord's default paths, which begin with those relative to its own.
    private func defaultPaths(_ supervisord: String?) -> [String] {
        var places: [String] = []
        if let supervisord, supervisord.utf8.contains(UInt8(ascii: "/")) {
            let home = PathText.directory(of: PathText.directory(of: supervisord))
            places += directories.flatMap { directory in
                Self.relativePaths.reversed().map { PathText.absolute(PathText.joined(home, $0), from: directory) }
            }
        }
        places += directories.flatMap { directory in Self.relativePaths.map { PathText.absolute($0, from: directory) } }
        places += Self.absolutePaths
        return distinct(places)
    }

    /// The directories that relative paths of supervisord can start from.
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
