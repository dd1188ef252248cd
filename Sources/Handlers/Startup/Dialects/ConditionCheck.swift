import ListenerKit

/// Warns of conditions that the parent, as it is configured, never meets.
struct ConditionCheck {
    /// The conditions that only a process that exits and is not restarted can reach.
    private static let ends: StartupConditions = [.exited, .completed]

    /// Checks every dependency.
    func read(into builder: inout PlanBuilder) {
        for program in builder.programs where program.isManaged {
            for dependency in program.dependencies {
                let parent = builder.parents.all[dependency.parent]
                if let reason = reason(parent, dependency.conditions, builder.programs) {
                    builder.report(
                        .unreachableCondition,
                        at: dependency.location,
                        "\(program.name) waits for \(parent.name) to be \(dependency.conditions), but \(reason)"
                    )
                }
            }
        }
    }

    private func reason(
        _ parent: StartupParent,
        _ conditions: StartupConditions,
        _ programs: [PlannedProgram]
    ) -> String? {
        for program in parent.programs {
            if let reason = reason(programs[program], conditions) {
                return reason
            }
        }
        return nil
    }

    private func reason(_ parent: PlannedProgram, _ conditions: StartupConditions) -> String? {
        if !parent.isManaged, !parent.isAutostarted {
            return "nothing starts \(parent.name): it has \(parent.reasonForNoStart)"
        }
        guard conditions.isSubset(of: Self.ends) else {
            return nil
        }
        if parent.autorestart == .always {
            return "\(parent.name) has autorestart=true: whenever it exits, it is restarted"
        }
        if conditions == .completed, parent.exitCodes.isEmpty {
            return "exitcodes= of \(parent.name) is empty, so it never exits as expected"
        }
        return nil
    }
}
