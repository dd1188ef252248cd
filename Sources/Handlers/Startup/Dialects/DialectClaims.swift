import ListenerKit

/// Which dialect's keys decide when each program is started.
struct DialectClaims {
    /// The key by which each dialect claims a program; if several do, the first of these counts.
    private static let precedence: [(dialect: StartupDialect, key: String)] = [
        (.listenerd, StartupKeys.after),
        (.dependent, StartupKeys.dependent),
        (.ordered, StartupKeys.inOrder),
    ]

    /// For each program, the dialect; nil if none says that it is to be started here.
    let dialects: [StartupDialect?]

    /// Looks through the keys of all programs.
    init(_ builder: inout PlanBuilder) {
        dialects = builder.configuration.programs.map { Self.dialect(of: $0, &builder) }
    }

    /// Returns the programs of a dialect, by their indices.
    func programs(of dialect: StartupDialect) -> [Int] {
        dialects.indices.filter { dialects[$0] == dialect }
    }

    private static func dialect(of program: ProgramConfiguration, _ builder: inout PlanBuilder) -> StartupDialect? {
        var found: [(dialect: StartupDialect, key: String)] = []
        for claim in precedence where claims(program, claim.dialect, claim.key, &builder) {
            found.append(claim)
        }
        if found.count > 1, let first = found.first {
            builder.report(
                .ineffectiveKey,
                at: program.location(ofKey: found[1].key) ?? program.location,
                "\(program.name) has \(listed(found.map { $0.key })); only \(first.key) counts"
            )
        }
        return found.first?.dialect
    }

    private static func claims(
        _ program: ProgramConfiguration,
        _ dialect: StartupDialect,
        _ key: String,
        _ builder: inout PlanBuilder
    ) -> Bool {
        switch dialect {
        case .listenerd:
            return program.location(ofKey: key) != nil
        case .dependent, .ordered:
            // They look at nothing but [program:x].
            guard program.kind == .program else {
                return false
            }
            return builder.recover { () throws(ConfigurationProblem) in try program.boolean(forKey: key) } ?? false
        }
    }
}
