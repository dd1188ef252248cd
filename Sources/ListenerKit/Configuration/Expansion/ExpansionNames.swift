/// The names that a value can refer to as `%(name)s`; which of them are defined depends on the section and the key.
struct ExpansionNames: Sendable {
    /// The value of a name.
    enum Value: Equatable, Sendable {
        case text(String)
        case number(Int)
    }

    /// The variables that are defined as `ENV_x`: supervisord's own, and those of `environment` in `[supervisord]`.
    var environment: [String: String]
    /// The variables of the section's own `environment`, which override the others.
    var ownEnvironment: [String: String] = [:]
    /// `%(here)s`.
    var here: String?
    /// `%(host_node_name)s`.
    var hostName: String?
    /// `%(program_name)s`.
    var programName: String?
    /// `%(group_name)s`.
    var groupName: String?
    /// `%(process_num)d`.
    var processNumber: Int?
    /// `%(numprocs)d`.
    var processCount: Int?

    private static let environmentPrefix = "ENV_"

    init(environment: [String: String], here: String? = nil, hostName: String? = nil) {
        self.environment = environment
        self.here = here
        self.hostName = hostName
    }

    /// The value of a name; nil if it is not defined.
    subscript(name: String) -> Value? {
        switch name {
        case "here": here.map(Value.text)
        case "host_node_name": hostName.map(Value.text)
        case "program_name": programName.map(Value.text)
        case "group_name": groupName.map(Value.text)
        case "process_num": processNumber.map(Value.number)
        case "numprocs": processCount.map(Value.number)
        default: variable(name).map(Value.text)
        }
    }

    private func variable(_ name: String) -> String? {
        Self.variableName(name).flatMap { ownEnvironment[$0] ?? environment[$0] }
    }

    /// Returns the part after `ENV_`; nil if the name does not begin so, or has no such part.
    private static func variableName(_ name: String) -> String? {
        guard name.utf8.starts(with: environmentPrefix.utf8), name.utf8.count > environmentPrefix.utf8.count else {
            return nil
        }
        return String(Substring(name.utf8.dropFirst(environmentPrefix.utf8.count)))
    }

    private static let names = ["group_name", "here", "host_node_name", "numprocs", "process_num", "program_name"]

    /// Returns the error for a name that is not defined.
    ///
    /// - Parameter name: The name between the parentheses.
    /// - Returns: The error, with a suggestion.
    func error(for name: String) -> ExpansionError {
        if let variable = Self.variableName(name) {
            return .unset([UnsetVariable(name: variable, suggestion: similarVariable(to: variable))])
        }
        let known = Self.names.filter { self[$0] != nil }
        let isVariable = variable(Self.environmentPrefix + name) != nil
        return .undefined(
            name: name,
            suggestion: isVariable ? Self.environmentPrefix + name : Suggestion.nearest(to: name, among: known),
            available: listed(known.map { "%(\($0))s" } + ["%(ENV_x)s"])
        )
    }

    /// Returns a variable that is set and that was probably meant.
    private func similarVariable(to name: String) -> String? {
        // Half of all short names are near to a name of one or two letters.
        guard name.utf8.count > 2 else {
            return nil
        }
        let variables = (Array(environment.keys) + ownEnvironment.keys).sorted()
        return variables.first { $0.lowercased() == name.lowercased() }
            ?? Suggestion.nearest(to: name, among: variables)
    }
}
