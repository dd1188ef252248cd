/// Everything that reading a configuration depends on; tests have inputs of their own.
package struct ConfigurationInputs: Sendable {
    /// supervisord's environment.
    package var environment: [String: String]
    /// The host name: `%(host_node_name)s`.
    package var hostName: String
    /// The directory that relative paths start from.
    package var workingDirectory: String
    /// Reads a whole regular file.
    package var readFile: @Sendable (String) throws(FileError) -> [UInt8]
    /// Returns the paths that a pattern matches, sorted.
    package var pathsMatching: @Sendable (String) -> [String]
    /// Returns the stamp of a file; nil if there is none.
    package var stampOfFile: @Sendable (String) -> FileStamp?

    /// Makes inputs of the caller's own.
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

    /// Returns the inputs of this process: its file system, host name and working directory.
    ///
    /// - Parameter environment: supervisord's environment; by default that of this process.
    /// - Returns: The inputs.
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
    /// Reads a file that must exist.
    ///
    /// - Throws: ``ConfigurationError`` if it cannot be read.
    package func bytes(ofFile path: String) throws(ConfigurationError) -> [UInt8] {
        do {
            return try readFile(path)
        } catch {
            throw .unreadable(error)
        }
    }
}
