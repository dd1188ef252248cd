/// Which files a configuration was read from, and as they were then.
struct ConfigurationVersion: Equatable, Sendable {
    /// The main file.
    let mainFile: String
    /// What it includes, as absolute patterns.
    private(set) var patterns: [String] = []
    /// What each of the files looked like just before it was read; nothing for one that was missing.
    private(set) var stamps: [String: FileStamp] = [:]

    init(mainFile: String) {
        self.mainFile = mainFile
    }

    /// Notes a file, just before it is read.
    mutating func add(_ file: String, _ inputs: ConfigurationInputs) {
        stamps[file] = inputs.stampOfFile(file)
    }

    /// Notes what the main file includes.
    mutating func add(pattern: String) {
        patterns.append(pattern)
    }

    /// The same files as they look now.
    func now(_ inputs: ConfigurationInputs) -> ConfigurationVersion {
        var version = ConfigurationVersion(mainFile: mainFile)
        version.patterns = patterns
        for file in [mainFile] + patterns.flatMap({ inputs.pathsMatching($0) }) {
            version.add(file, inputs)
        }
        return version
    }
}
