import ListenerKit

/// Puts problems from several sources in the order of files and lines, each once.
///
/// - Parameters:
///   - problems: The problems.
///   - files: The files of the configuration, in the order in which they were read.
/// - Returns: The problems; those of one line in the order in which they were found.
func sortedProblems(_ problems: [ConfigurationProblem], by files: [String]) -> [ConfigurationProblem] {
    let places = Dictionary(zip(files, files.indices)) { first, _ in first }
    func place(_ problem: ConfigurationProblem) -> Int {
        places[problem.location.file] ?? files.count
    }
    var seen: Set<ConfigurationProblem> = []
    return problems.filter { seen.insert($0).inserted }.enumerated().sorted { one, other in
        (place(one.element), one.element.location.line, one.offset)
            < (place(other.element), other.element.location.line, other.offset)
    }
    .map { $0.element }
}

extension [ConfigurationProblem] {
    /// The status that these problems lead to.
    var exitStatus: ExitStatus {
        contains { $0.severity == .error } ? .configuration : .success
    }
}
