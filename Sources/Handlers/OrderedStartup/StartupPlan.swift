import ListenerKit

/// What is to be started, and what waits for what.
struct StartupPlan: Sendable {
    /// The programs that are started here, and those that they wait for.
    let programs: [PlannedProgram]
    /// What is wrong with the configuration, as far as the order of starts is concerned.
    let problems: [ConfigurationProblem]

    init(programs: [PlannedProgram], problems: [ConfigurationProblem] = []) {
        self.programs = programs
        self.problems = problems
    }
}
