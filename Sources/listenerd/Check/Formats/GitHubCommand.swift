import ListenerKit

/// A problem as a command of a GitHub workflow: `::error file=FILE,line=LINE,title=RULE::MESSAGE`.
struct GitHubCommand: CustomStringConvertible {
    /// The command, without a newline.
    let description: String

    init(_ problem: ConfigurationProblem, _ paths: RepositoryPaths) {
        let file = Self.escaped(paths.path(of: problem.location.file), inProperty: true)
        let message = Self.escaped(problem.message, inProperty: false)
        let place = "file=\(file),line=\(problem.location.line),title=\(problem.rule.name)"
        let command = problem.severity == .note ? "notice" : problem.severity.rawValue
        description = "::\(command) \(place)::\(message)"
    }

    /// Escapes what ends a command, and in a property also what ends that.
    private static func escaped(_ text: String, inProperty: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where inProperty: result += "%3A"
            case "," where inProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
