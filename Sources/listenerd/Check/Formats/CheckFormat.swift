import ListenerKit

/// The formats in which `check` prints problems.
enum CheckFormat: String, CaseIterable, OptionValue {
    /// One line for each problem.
    case text
    /// A JSON object.
    case json
    /// Commands of a GitHub workflow, which annotate the lines of a change.
    case github
    /// A log in the Static Analysis Results Interchange Format, 2.1.0.
    case sarif

    /// Returns the text of problems.
    ///
    /// - Parameters:
    ///   - problems: The problems, in order.
    ///   - directory: The working directory.
    ///   - environment: The environment, for the directory of the repository that a workflow checks.
    /// - Returns: The text in UTF-8.
    func text(
        of problems: [ConfigurationProblem],
        in directory: String = currentWorkingDirectory(),
        _ environment: [String: String] = currentEnvironment()
    ) -> [UInt8] {
        let paths = RepositoryPaths(workingDirectory: directory, environment)
        return switch self {
        case .text: problems.flatMap { Array("\($0.printed(relativeTo: directory))\n".utf8) }
        case .json: CheckJSON(problems, in: directory).text
        case .github: problems.flatMap { Array("\(GitHubCommand($0, paths))\n".utf8) }
        case .sarif: CheckSARIF(problems, paths).text
        }
    }
}
