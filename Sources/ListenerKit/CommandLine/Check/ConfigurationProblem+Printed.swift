extension ConfigurationProblem {
    /// The problem as it is printed: files below the working directory have relative paths, as tools expect that annotate the
    /// lines of a repository.
    package var printed: String {
        let directory = "\(currentWorkingDirectory())/".utf8
        guard location.file.utf8.starts(with: directory) else {
            return description
        }
        let file = Substring(location.file.utf8.dropFirst(directory.count))
        let location = ConfigurationLocation(file: String(file), line: location.line)
        return ConfigurationProblem(severity, at: location, message).description
    }
}
