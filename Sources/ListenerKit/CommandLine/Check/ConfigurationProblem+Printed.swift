extension ConfigurationProblem {
    /// The problem as it is printed, with control characters escaped.
    ///
    /// - Parameter directory: The directory below which files have relative paths.
    /// - Returns: The line.
    package func printed(relativeTo directory: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(escaping: location.file.path(relativeTo: directory))
        bytes.append(escaping: ":\(location.line): \(severity.rawValue): \(message) [\(rule.name)]")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The problem as it is printed: files below the working directory have relative paths, as tools expect that annotate the
    /// lines of a repository.
    package var printed: String { printed(relativeTo: currentWorkingDirectory()) }
}

extension String {
    /// Returns an absolute path as one that is relative to a directory, if it is below that.
    package func path(relativeTo directory: String) -> String {
        let beginning = "\(directory)/".utf8
        return utf8.starts(with: beginning) ? String(Substring(utf8.dropFirst(beginning.count))) : self
    }
}
