extension ConfigurationProblem {
    /// The problem as it is printed: files below the working directory have relative paths, as tools expect that annotate the
    /// lines of a repository.
    package var printed: String {
        let directory = "\(currentWorkingDirectory())/".utf8
        let isBelow = location.file.utf8.starts(with: directory)
        return String(Substring(description.utf8.dropFirst(isBelow ? directory.count : 0)))
    }
}
