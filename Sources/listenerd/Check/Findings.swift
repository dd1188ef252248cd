import ListenerKit

/// The problems that one rule finds.
struct Findings {
    private let rule: ConfigurationRule
    /// The problems, in the order in which they were found.
    private(set) var problems: [ConfigurationProblem] = []

    /// Begins without problems.
    init(_ rule: ConfigurationRule) {
        self.rule = rule
    }

    /// Adds a problem at a line.
    ///
    /// - Parameters:
    ///   - location: The line.
    ///   - message: The message for the user, without a full stop.
    ///   - severity: How severe it is; nil for the severity of the rule.
    mutating func add(
        _ location: ConfigurationLocation,
        _ message: String,
        severity: ConfigurationProblem.Severity? = nil
    ) {
        problems.append(ConfigurationProblem(rule, at: location, message, severity: severity))
    }

    /// Adds a problem with a key of a program, at the header of the section if the key is missing.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - program: The section.
    ///   - message: The message for the user, without a full stop.
    ///   - severity: How severe it is; nil for the severity of the rule.
    mutating func add(
        _ key: String,
        of program: ProgramConfiguration,
        _ message: String,
        severity: ConfigurationProblem.Severity? = nil
    ) {
        add(program.location(ofKey: key) ?? program.location, message, severity: severity)
    }

    /// Adds problems that were found elsewhere.
    mutating func add(_ problems: [ConfigurationProblem]) {
        self.problems += problems
    }
}
