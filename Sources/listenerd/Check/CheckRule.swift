import ListenerKit

/// A rule, with the function that finds what breaks it.
struct CheckRule: Sendable {
    /// The rule.
    let rule: ConfigurationRule
    /// Finds the problems of a configuration.
    private let find: @Sendable (CheckedConfiguration, inout Findings) -> Void

    /// Makes a rule that is known elsewhere too.
    init(_ rule: ConfigurationRule, find: @escaping @Sendable (CheckedConfiguration, inout Findings) -> Void) {
        self.rule = rule
        self.find = find
    }

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - severity: The severity of its problems, unless one of them says otherwise.
    ///   - summary: What it finds, as a phrase without a full stop.
    ///   - reason: Why that matters, in one or two sentences.
    ///   - basis: What has to be known of a configuration for its problems to be certain.
    ///   - find: Finds the problems of a configuration.
    init(
        _ name: String,
        _ severity: ConfigurationProblem.Severity,
        _ summary: String,
        reason: String,
        basis: ConfigurationRule.Basis = .values,
        find: @escaping @Sendable (CheckedConfiguration, inout Findings) -> Void
    ) {
        self.init(ConfigurationRule(name, severity, summary, reason: reason, basis: basis), find: find)
    }

    /// Makes a rule about each listener that runs listenerd.
    static func eachListener(
        _ name: String,
        _ severity: ConfigurationProblem.Severity,
        _ summary: String,
        reason: String,
        find: @escaping @Sendable (CheckedListener, inout Findings) -> Void
    ) -> CheckRule {
        CheckRule(name, severity, summary, reason: reason) { checked, findings in
            for listener in checked.listeners {
                find(listener, &findings)
            }
        }
    }

    /// Returns the problems of a configuration.
    func problems(of checked: CheckedConfiguration) -> [ConfigurationProblem] {
        var findings = Findings(rule)
        find(checked, &findings)
        return findings.problems
    }
}
