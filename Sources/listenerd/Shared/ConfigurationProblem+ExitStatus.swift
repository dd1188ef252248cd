import ListenerKit

extension [ConfigurationProblem] {
    /// The status that these problems lead to.
    var exitStatus: ExitStatus {
        contains { $0.severity == .error } ? .configuration : .success
    }
}
