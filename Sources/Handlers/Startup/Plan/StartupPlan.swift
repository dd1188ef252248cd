package import ListenerKit

/// The programs to start and their dependencies: the same for every dialect of configuration keys.
package struct StartupPlan: Sendable {
    /// Every program of the configuration in the order of the files, also those that nothing waits for.
    package private(set) var programs: [PlannedProgram]
    /// Everything that is waited for, each thing once.
    package let parents: [StartupParent]
    /// The programs that are started here, by their indices, in the order in which they start if every condition is met at
    /// once.
    ///
    /// Those that an error keeps from starting are missing.
    package let order: [Int]
    /// The problems with the order of starts, in the order of files and lines.
    package internal(set) var problems: [ConfigurationProblem]

    /// Finds the order of starts.
    ///
    /// - Parameters:
    ///   - programs: The programs, with what they wait for and their ranks.
    ///   - parents: What is waited for.
    ///   - refusals: Programs that are not started because of a problem of their own.
    ///   - neverReady: Programs whose gates never pass because of a problem of their own.
    ///   - problems: The other problems so far.
    init(
        programs: [PlannedProgram],
        parents: [StartupParent],
        refusals: [(program: Int, problem: ConfigurationProblem)] = [],
        neverReady: [(program: Int, problem: ConfigurationProblem)] = [],
        problems: [ConfigurationProblem] = []
    ) {
        let graph = StartupGraph(programs, parents)
        let components = StartupComponents(graph)
        let levels = graph.levels(
            components,
            without: Set(refusals.map { $0.program }),
            neverReady: Set(neverReady.map { $0.program })
        )
        self.programs = programs
        self.parents = parents
        self.problems = problems
        order = programs.indices.filter { programs[$0].isManaged && levels[$0] != nil }.sorted {
            (levels[$0] ?? 0, programs[$0].rank) < (levels[$1] ?? 0, programs[$1].rank)
        }
        for index in programs.indices {
            self.programs[index].level = levels[index]
        }
        addProblems(of: graph, components.all.filter { components.isCycle($0) }, refusals, neverReady)
    }

    /// Creates a plan whose order is known already.
    init(programs: [PlannedProgram], parents: [StartupParent], order: [Int]) {
        self.programs = programs
        self.parents = parents
        self.order = order
        problems = []
    }

    /// Adds what keeps programs from being started, or from becoming ready, with those that wait for them.
    private mutating func addProblems(
        of graph: StartupGraph,
        _ cycles: [[Int]],
        _ refusals: [(program: Int, problem: ConfigurationProblem)],
        _ neverReady: [(program: Int, problem: ConfigurationProblem)]
    ) {
        guard !cycles.isEmpty || !refusals.isEmpty || !neverReady.isEmpty else {
            return
        }
        let waiting = WaitingPrograms(graph)
        func add(_ problem: ConfigurationProblem, followers: String?, _ words: String) {
            let separator = problem.message.utf8.last == UInt8(ascii: "?") ? " So" : "; so"
            let others = followers.map { "\(separator) \(words): \($0)" } ?? ""
            problems.append(
                ConfigurationProblem(
                    problem.rule,
                    at: problem.location,
                    problem.message + others,
                    severity: problem.severity
                )
            )
        }
        for cycle in cycles {
            // Of those that wait for each other, the ones that the cycle does not name wait for the ones that it does.
            if let (problem, named) = graph.problem(of: cycle) {
                add(problem, followers: waiting.description(for: named), "these never start either")
            }
        }
        for (program, problem) in refusals {
            add(problem, followers: waiting.description(for: [program]), "these never start either")
        }
        for (program, problem) in neverReady {
            add(problem, followers: waiting.description(forUnready: program), "these never start")
        }
    }
}

extension StartupPlan {
    /// Whether an error keeps some program from being started.
    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// The parent that a dependency waits for.
    package subscript(parent dependency: StartupDependency) -> StartupParent {
        parents[dependency.parent]
    }
}
