import ListenerKit

/// Warns of conditions that the parent, as it is configured, never meets.
struct ConditionCheck {
    /// The programs that have been warned of.
    private var warned: Set<Int> = []

    /// Checks every dependency.
    mutating func read(into builder: inout PlanBuilder) {
        for program in builder.programs where program.isManaged {
            for dependency in program.dependencies {
                let parent = builder.parents.all[dependency.parent]
                warnOfQuickEnd(parent, dependency, of: program, &builder)
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

    /// Warns of a program whose end others wait for, and that has to run for some time to count as started.
    private mutating func warnOfQuickEnd(
        _ parent: StartupParent,
        _ dependency: StartupDependency,
        of program: PlannedProgram,
        _ builder: inout PlanBuilder
    ) {
        guard dependency.conditions.isSubset(of: .ends) else {
            return
        }
        for index in parent.programs {
            let task = builder.programs[index]
            let seconds = task.startSeconds
            let isTask = task.autorestart != .always && task.name != program.name
            guard seconds > 0, isTask, warned.insert(index).inserted else {
                continue
            }
            let section = builder.configuration.programs[index]
            builder.report(
                .quickEnd,
                at: section.location(ofKey: "startsecs") ?? section.location,
                """
                \(program.name) waits for the end of \(task.name), which fails if it comes within \(seconds) s: supervisord \
                then starts it again, up to FATAL; set startsecs=0 for \(task.name)
                """
            )
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
        guard conditions.isSubset(of: .ends) else {
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
