import ListenerKit

extension [ConfigurationProblem] {
    /// The exit status of a command that finds these problems.
    var exitStatus: ExitStatus {
        contains { $0.severity == .error } ? .configuration : .success
    }
}
