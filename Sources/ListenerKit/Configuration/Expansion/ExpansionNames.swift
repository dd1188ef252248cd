/// The names that a value may refer to as `%(name)s`.
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
    /// All other names; so few that looking through them beats hashing.
    private var others: [(name: String, value: Value)] = []

    private static let environmentPrefix = "ENV_"

    init(environment: [String: String], _ names: KeyValuePairs<String, String> = [:]) {
        self.environment = environment
        for (name, value) in names {
            set(name, to: .text(value))
        }
    }

    /// Defines a name, or gives it another value.
    mutating func set(_ name: String, to value: Value) {
        if let index = others.firstIndex(where: { $0.name == name }) {
            others[index].value = value
        } else {
            others.append((name, value))
        }
    }

    /// The same names and some more.
    func adding(_ name: String, _ value: String) -> ExpansionNames {
        var names = self
        names.set(name, to: .text(value))
        return names
    }

    /// What a name stands for; nil for a name that is not defined.
    subscript(name: String) -> Value? {
        if name.utf8.starts(with: Self.environmentPrefix.utf8) {
            let variable = String(name.dropFirst(Self.environmentPrefix.utf8.count))
            if let value = ownEnvironment[variable] ?? environment[variable] {
                return .text(value)
            }
        }
        return others.first { $0.name == name }?.value
    }

    /// The names that do not come from the environment, for a message.
    var listed: String {
        others.map(\.name).sorted().map { "%(\($0))s" }.joined(separator: ", ")
    }
}
