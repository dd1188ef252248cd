import ListenerKit

extension ConfigurationInputs {
    /// A world of files in memory; a pattern matches the paths that begin as it does, up to its `*`.
    static func make(
        files: [String: String],
        environment: [String: String] = [:],
        workingDirectory: String = "/srv"
    ) -> ConfigurationInputs {
        ConfigurationInputs(
            environment: environment,
            hostName: "node",
            workingDirectory: workingDirectory,
            readFile: { path throws(FileError) in
                guard let text = files[path] else {
                    throw .system(SystemError("read '\(path)'", code: 2))
                }
                return Array(text.utf8)
            },
            pathsMatching: { pattern in
                let start = pattern.prefix { $0 != "*" }
                return files.keys.filter { $0 == pattern || pattern.contains("*") && $0.hasPrefix(start) }.sorted()
            }
        )
    }
}

extension SupervisorConfiguration {
    /// Reads a text as the file `/etc/s.conf`.
    static func make(
        _ text: String,
        files: [String: String] = [:],
        environment: [String: String] = [:]
    ) throws(ConfigurationError) -> SupervisorConfiguration {
        var files = files
        files["/etc/s.conf"] = text
        return try SupervisorConfiguration(path: "/etc/s.conf", .make(files: files, environment: environment))
    }

    /// The problems as they are printed, without the file.
    var printedProblems: [String] {
        problems.map { "\($0.location.line): \($0.severity): \($0.message)" }
    }
}
