import ListenerKit

/// By which dialect's keys each program is started.
struct DialectClaims {
    /// For each program, the dialect; nil where nothing says that it is to be started here.
    let dialects: [StartupDialect?]

    /// Looks through the keys of all programs.
    init(_ builder: inout PlanBuilder) {
        dialects = builder.configuration.programs.map { Self.dialect(of: $0, &builder) }
    }

    /// The programs of a dialect, by their indices.
    func programs(of dialect: StartupDialect) -> [Int] {
        dialects.indices.filter { dialects[$0] == dialect }
    }

    private static func dialect(of program: ProgramConfiguration, _ builder: inout PlanBuilder) -> StartupDialect? {
        var found: [(dialect: StartupDialect, key: String)] = []
        if program.location(ofKey: StartupKeys.after) != nil {
            found.append((.listenerd, StartupKeys.after))
        }
        // The other two look at nothing but [program:x].
        if program.kind == .program {
            if builder.boolean(program, StartupKeys.dependent) {
                found.append((.dependent, StartupKeys.dependent))
            }
            if builder.boolean(program, StartupKeys.inOrder) {
                found.append((.ordered, StartupKeys.inOrder))
            }
        }
        if found.count > 1, let first = found.first {
            builder.warn(
                program.location(ofKey: found[1].key) ?? program.location,
                "\(program.name) has \(listed(found.map { $0.key })); only \(first.key) counts"
            )
        }
        return found.first?.dialect
    }
}

extension PlanBuilder {
    fileprivate mutating func boolean(_ program: ProgramConfiguration, _ key: String) -> Bool {
        recover { () throws(ConfigurationProblem) in try program.boolean(forKey: key) } ?? false
    }
}
