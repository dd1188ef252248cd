/// What reading a configuration takes from the world around it, so that tests can bring a world of their own.
package struct ConfigurationInputs: Sendable {
    /// supervisord's environment.
    package var environment: [String: String]
    /// The host's name: `%(host_node_name)s`.
    package var hostName: String
    /// Where relative paths start from.
    package var workingDirectory: String
    /// Reads a regular file to its end.
    package var readFile: @Sendable (String) throws(FileError) -> [UInt8]
    /// The paths that a pattern matches, sorted.
    package var pathsMatching: @Sendable (String) -> [String]
    /// What tells whether a file has changed; nil if there is none.
    package var stampOfFile: @Sendable (String) -> FileStamp?

    /// Brings a world of one's own.
    package init(
        environment: [String: String],
        hostName: String,
        workingDirectory: String,
        readFile: @escaping @Sendable (String) throws(FileError) -> [UInt8],
        pathsMatching: @escaping @Sendable (String) -> [String],
        stampOfFile: @escaping @Sendable (String) -> FileStamp? = { _ in nil }
    ) {
        self.environment = environment
        self.hostName = hostName
        self.workingDirectory = workingDirectory
        self.readFile = readFile
        self.pathsMatching = pathsMatching
        self.stampOfFile = stampOfFile
    }

    /// The world that this process lives in.
    ///
    /// - Parameter environment: supervisord's environment; by default this process's own.
    /// - Returns: The world.
    package static func current(
        environment: [String: String] = currentEnvironment()
    ) -> ConfigurationInputs {
        ConfigurationInputs(
            environment: environment,
            hostName: currentHostName(),
            workingDirectory: currentWorkingDirectory(),
            readFile: { path throws(FileError) in try contents(ofFile: path) },
            pathsMatching: paths(matching:),
            stampOfFile: { FileStamp(path: $0) }
        )
    }
}

extension ConfigurationInputs {
    /// Reads a file that has to be there.
    package func bytes(ofFile path: String) throws(ConfigurationError) -> [UInt8] {
        do {
            return try readFile(path)
        } catch {
            throw .unreadable(error)
        }
    }
}
