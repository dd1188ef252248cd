/// The files that a configuration was read from, with their stamps.
struct ConfigurationVersion: Equatable, Sendable {
    /// The main file.
    let mainFile: String
    /// The absolute patterns of its `[include]`.
    private(set) var patterns: [String] = []
    /// The stamp of each file just before it was read; none for a missing file.
    private(set) var stamps: [String: FileStamp] = [:]

    init(mainFile: String) {
        self.mainFile = mainFile
    }

    /// Adds a file, which must be called just before it is read.
    mutating func add(_ file: String, _ inputs: ConfigurationInputs) {
        stamps[file] = inputs.stampOfFile(file)
    }

    /// Adds a pattern of the main file's `[include]`.
    mutating func add(pattern: String) {
        patterns.append(pattern)
    }

    /// Returns the version of the same patterns now.
    func current(_ inputs: ConfigurationInputs) -> ConfigurationVersion {
        var version = ConfigurationVersion(mainFile: mainFile)
        version.patterns = patterns
        for file in [mainFile] + patterns.flatMap({ inputs.pathsMatching($0) }) {
            version.add(file, inputs)
        }
        return version
    }
}
