package import ListenerKit

extension StartupPlan {
    /// Reads the plan of a configuration, in whichever dialects it is written.
    ///
    /// - Parameter configuration: supervisord's configuration.
    package init(_ configuration: SupervisorConfiguration) {
        var builder = PlanBuilder(configuration)
        let claims = DialectClaims(&builder)
        var spelling = KeySpelling()
        for (program, dialect) in zip(configuration.programs, claims.dialects) {
            spelling.check(program, dialect, &builder)
        }
        OrderedDialect(claims).read(into: &builder)
        DependentDialect(claims).read(into: &builder)
        NativeDialect(claims.programs(of: .listenerd)).read(into: &builder)
        MisplacedKeys().read(into: &builder)
        GateDialect().read(into: &builder)
        var conditions = ConditionCheck()
        conditions.read(into: &builder)
        ProcessNameCheck().read(into: &builder)
        self = builder.plan()
    }
}
