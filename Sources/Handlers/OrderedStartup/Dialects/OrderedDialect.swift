import ListenerKit

/// Reads the keys of ordered-startup-supervisord: `startinorder`, `startnextafter` and `priority` make one straight line.
struct OrderedDialect {
    /// The priority of a program that has none; ordered-startup-supervisord's own, one more than supervisord's.
    private static let defaultPriority = 1000

    /// The programs with `startinorder=true`.
    private let programs: [Int]

    init(_ programs: [Int]) {
        self.programs = programs
    }

    /// Reads the line of programs, each of which waits for the one before it.
    func read(into builder: inout PlanBuilder) {
        let sections = builder.configuration.programs
        // Programs of the same priority keep the order in which they stand in the files.
        let line = programs.sorted {
            (sections[$0].priority ?? Self.defaultPriority, $0) < (sections[$1].priority ?? Self.defaultPriority, $1)
        }
        var dependencies: [StartupDependency] = []
        for program in line {
            let section = sections[program]
            let isAutostarted = builder.warnIfAutostarted(program, "\(StartupKeys.inOrder)=true")
            if !isAutostarted {
                let tie = StartupTie(priority: section.effectivePriority, name: section.name)
                builder.manage(program, .ordered, dependencies, tie)
            }
            // supervisord starts a member with autostart whatever goes before it: the next one waits for both.
            dependencies = isAutostarted ? dependencies : []
            dependencies.append(
                StartupDependency(
                    parent: builder.parents.index(ofProgram: program),
                    conditions: startNextAfter(section, &builder),
                    isOptional: false,
                    location: section.location(ofKey: StartupKeys.nextAfter) ?? section.location
                )
            )
        }
    }

    /// The state after which the next program is started; RUNNING where there is none, or none of supervisord's.
    private func startNextAfter(_ program: ProgramConfiguration, _ builder: inout PlanBuilder) -> StartupConditions {
        let value = builder.recover { () throws(ConfigurationProblem) in
            try program.value(forKey: StartupKeys.nextAfter)
        }
        guard let value else {
            return .running
        }
        guard let state = ProcessState(name: value.text) else {
            builder.warn(
                value.location,
                "\(StartupKeys.nextAfter)=\(value.text) is no state of supervisord's; RUNNING is taken instead"
            )
            return .running
        }
        return StartupConditions(awaiting: state)
    }
}
