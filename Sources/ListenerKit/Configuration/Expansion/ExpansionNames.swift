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
        guard name.utf8.starts(with: Self.environmentPrefix.utf8) else {
            return nil
        }
        let name = String(Substring(name.utf8.dropFirst(Self.environmentPrefix.utf8.count)))
        return ownEnvironment[name] ?? environment[name]
    }

    /// The known names for a message, in alphabetical order.
    var listed: String {
        let names = ["group_name", "here", "host_node_name", "numprocs", "process_num", "program_name"]
        let known = names.filter { self[$0] != nil }.map { "%(\($0))s" } + ["%(ENV_x)s"]
        let last = known.suffix(1).joined()
        return known.count == 1 ? last : "\(known.dropLast().joined(separator: ", ")) and \(last)"
    }
}
