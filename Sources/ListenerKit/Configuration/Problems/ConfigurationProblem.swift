/// A problem at a line of a configuration.
public struct ConfigurationProblem: Error, Hashable, Sendable {
    /// How severe a problem is.
    public enum Severity: String, Hashable, Sendable {
        /// supervisord rejects the configuration, or something in it can never happen.
        case error
        /// It works, but probably not as intended.
        case warning
        /// It works as intended, but there is something to know about it; it never changes an exit status.
        case note
    }

    /// The rule that is broken.
    public let rule: ConfigurationRule
    /// The line with the problem.
    public let location: ConfigurationLocation
    /// How severe it is.
    public let severity: Severity
    /// The message for the user, without a full stop.
    public let message: String
    /// The environment variable that is not set; nil if that is not the problem.
    package private(set) var unsetVariable: UnsetVariable?
    /// The pattern of `[include]` that matches nothing; nil if that is not the problem.
    package private(set) var emptyPattern: String?

    /// Describes a problem.
    ///
    /// - Parameters:
    ///   - rule: The rule that is broken.
    ///   - location: The line with the problem.
    ///   - message: The message for the user, without a full stop.
    ///   - severity: How severe it is; nil for the severity of the rule.
    public init(
        _ rule: ConfigurationRule,
        at location: ConfigurationLocation,
        _ message: String,
        severity: Severity? = nil
    ) {
        self.rule = rule
        self.location = location
        self.severity = severity ?? rule.severity
        self.message = message
    }
}

extension ConfigurationProblem {
    /// Describes the uses of a variable that is not set.
    ///
    /// - Parameters:
    ///   - variable: The variable.
    ///   - location: The line of its first use.
    ///   - count: The number of keys that use it.
    package init(unset variable: UnsetVariable, at location: ConfigurationLocation, usedIn count: Int = 1) {
        let uses = count > 1 ? "; used in \(count) places" : ""
        let suggestion = variable.suggestion.map { "; did you mean %(ENV_\($0))s?" } ?? ""
        let message = "\(variable.name) is not set, and supervisord does not start without it\(uses)\(suggestion)"
        self.init(.unsetVariable, at: location, message)
        unsetVariable = variable
    }

    /// Describes a pattern of `[include]` that matches nothing.
    init(emptyPattern pattern: String, at location: ConfigurationLocation) {
        self.init(.emptyInclude, at: location, "no file matches \(pattern.quoted)")
        emptyPattern = pattern
    }

    /// Describes an error that concerns a line of a file; nil if it concerns none.
    package init?(_ error: any Error) {
        switch error {
        case let problem as ConfigurationProblem: self = problem
        case ConfigurationError.malformed(let location, let line): self.init(.syntax, at: location, "\(line)")
        case ConfigurationError.unreadable(let error, let location?):
            self.init(.unreadableFile, at: location, "\(error); \(error.advice)")
        default: return nil
        }
    }

    /// The problem without its severity: `FILE:LINE: message`.
    package var withoutSeverity: String { "\(location): \(message)" }
}

extension [ConfigurationProblem] {
    /// Returns the problems with one for each variable that is not set, at its first use.
    func mergingUnsetVariables() -> [ConfigurationProblem] {
        var counts: [UnsetVariable: Int] = [:]
        for case let variable? in map(\.unsetVariable) {
            counts[variable, default: 0] += 1
        }
        return compactMap { problem in
            guard let variable = problem.unsetVariable else {
                return problem
            }
            return counts.removeValue(forKey: variable).map { count in
                ConfigurationProblem(unset: variable, at: problem.location, usedIn: count)
            }
        }
    }

    /// Returns the problems without duplicates, in the order of files and lines.
    ///
    /// - Parameter files: The files of the configuration, in the order in which they were read.
    /// - Returns: The problems; those of one line are in the order in which they were found.
    package func sorted(byPlaceIn files: [String]) -> [ConfigurationProblem] {
        // A file may be included twice.
        let places = Dictionary(zip(files, files.indices)) { first, _ in first }
        func place(_ problem: ConfigurationProblem) -> Int {
            places[problem.location.file] ?? files.count
        }
        var seen: Set<ConfigurationProblem> = []
        return filter { seen.insert($0).inserted }.enumerated().sorted { one, other in
            (place(one.element), one.element.location.line, one.offset)
                < (place(other.element), other.element.location.line, other.offset)
        }
        .map { $0.element }
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// The problem in the form in which compilers print theirs: `FILE:LINE: error: message [rule]`.
    public var description: String {
        "\(location): \(severity.rawValue): \(message) [\(rule.name)]"
    }
}
