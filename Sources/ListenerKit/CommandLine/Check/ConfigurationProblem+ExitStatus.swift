extension [ConfigurationProblem] {
    /// The status that these problems lead to: 65 if one of them is an error.
    package var exitStatus: ExitStatus {
        contains { $0.severity == .error } ? .configuration : .success
    }
}
