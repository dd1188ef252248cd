/// The names that a value may refer to as `%(name)s`; which of them are known depends on the section and the key.
struct ExpansionNames: Sendable {
    /// What a name stands for.
    enum Value: Equatable, Sendable {
        case text(String)
        case number(Int)
    }

    /// The variables that are known as `ENV_x`: supervisord's own, and those of `[supervisord] environment`.
    var environment: [String: String]
    /// The variables of the section's own `environment`, which come before the others.
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

    /// What a name stands for; nil for a name that is not known.
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

    /// What stands behind `ENV_`; nil if nothing does.
    private static func variableName(_ name: String) -> String? {
        guard name.utf8.starts(with: environmentPrefix.utf8), name.utf8.count > environmentPrefix.utf8.count else {
            return nil
        }
        return String(Substring(name.utf8.dropFirst(environmentPrefix.utf8.count)))
    }

    private static let names = ["group_name", "here", "host_node_name", "numprocs", "process_num", "program_name"]

    /// Says what is wrong with a name that is not known.
    ///
    /// - Parameter name: The name, as it stands between the parentheses.
    /// - Returns: The error, with a name that was probably meant.
    func error(for name: String) -> ExpansionError {
        if let variable = Self.variableName(name) {
            return .unset(variable: variable, suggestion: similarVariable(to: variable))
        }
        let known = Self.names.filter { self[$0] != nil }
        let isVariable = variable(Self.environmentPrefix + name) != nil
        return .undefined(
            name: name,
            suggestion: isVariable ? Self.environmentPrefix + name : Suggestion.nearest(to: name, among: known),
            available: listed(known.map { "%(\($0))s" } + ["%(ENV_x)s"])
        )
    }

    /// A variable that is set and was probably meant.
    private func similarVariable(to name: String) -> String? {
        // Of names with one or two letters, half of the others are near.
        guard name.utf8.count > 2 else {
            return nil
        }
        let variables = (Array(environment.keys) + ownEnvironment.keys).sorted()
        return variables.first { $0.lowercased() == name.lowercased() }
            ?? Suggestion.nearest(to: name, among: variables)
    }
}
