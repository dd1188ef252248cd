/// Something wrong with a configuration, at one line of it.
public struct ConfigurationProblem: Error, Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable {
        /// It keeps something from working: supervisord refuses the file, or something in it can never happen.
        case error
        /// It works, but hardly as it was meant.
        case warning
    }

    /// The line to look at.
    public let location: ConfigurationLocation
    /// How much it matters.
    public let severity: Severity
    /// What is wrong, in words for people, without a full stop.
    public let message: String

    /// Describes a problem.
    ///
    /// - Parameters:
    ///   - severity: How much it matters.
    ///   - location: The line to look at.
    ///   - message: What is wrong, in words for people, without a full stop.
    public init(_ severity: Severity, at location: ConfigurationLocation, _ message: String) {
        self.location = location
        self.severity = severity
        self.message = message
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// The problem as compilers print theirs: `FILE:LINE: error: message`.
    public var description: String {
        "\(location): \(severity.rawValue): \(message)"
    }
}
