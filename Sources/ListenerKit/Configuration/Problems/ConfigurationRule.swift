/// A rule that a configuration should keep: the name under which its problems are reported, looked up and disabled.
public struct ConfigurationRule: Sendable {
    /// What has to be known of a configuration for a problem to be certain.
    @nonexhaustive
    public enum Basis: Sendable {
        /// The keys and the headers of sections, as they are written.
        case keys
        /// The values of the keys too.
        case values
        /// All files, because another one may have what is missing in these.
        case allFiles
    }

    /// The name, in lower case, its words joined by hyphens: `unknown-key`.
    public let name: String
    /// The severity of its problems, unless one of them says otherwise.
    public let severity: ConfigurationProblem.Severity
    /// The things that break it, as a phrase without a full stop.
    public let summary: String
    /// Why that matters, in one or two sentences.
    public let reason: String
    /// What has to be known of a configuration for its problems to be certain.
    public let basis: Basis

    /// Describes a rule.
    ///
    /// - Parameters:
    ///   - name: The name, in lower case, its words joined by hyphens.
    ///   - severity: The severity of its problems, unless one of them says otherwise.
    ///   - summary: What it finds, as a phrase without a full stop.
    ///   - reason: Why that matters, in one or two sentences.
    ///   - basis: What has to be known of a configuration for its problems to be certain.
    public init(
        _ name: String,
        _ severity: ConfigurationProblem.Severity,
        _ summary: String,
        reason: String,
        basis: Basis = .values
    ) {
        self.name = name
        self.severity = severity
        self.summary = summary
        self.reason = reason
        self.basis = basis
    }
}

extension ConfigurationRule: Hashable {
    /// Returns whether two rules have the same name.
    public static func == (one: ConfigurationRule, other: ConfigurationRule) -> Bool {
        one.name == other.name
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
