extension StartupPlan {
    /// The programs that another one waits for to be running and ready, by their indices.
    package var programsAwaitedReady: Set<Int> {
        let dependencies = programs.filter { $0.isManaged }.flatMap { $0.dependencies }
        let awaited = Set(dependencies.filter { $0.conditions.contains(.running) }.map { $0.parent })
        return Set(awaited.flatMap { parents[$0].programs })
    }
}
