import Handlers
import ListenerKit

/// The order in which processes start, and what each depends on.
struct StartOrder {
    /// The position of a process: those with a lower one start first.
    private struct Position: Comparable {
        let level: Int
        let program: Int
        let process: Int

        static func < (one: Position, other: Position) -> Bool {
            (one.level, one.program, one.process) < (other.level, other.program, other.process)
        }
    }

    private let plan: StartupPlan
    private var positions: [ProcessName: Position] = [:]
    /// The program of each process, by its index.
    private(set) var programs: [ProcessName: Int] = [:]
    /// The processes of all programs, by their indices in the plan.
    private let processes: [ProcessName]

    init(_ loaded: LoadedPlan) {
        plan = loaded.plan
        processes = plan.programs.flatMap { $0.processes }
        for (rank, group) in loaded.configuration.groups.enumerated() {
            for (number, process) in group.processes.enumerated() {
                positions[process] = Position(level: 0, program: rank, process: number)
            }
        }
        let ranks = Dictionary(plan.order.enumerated().map { ($1, $0) }) { first, _ in first }
        for (index, program) in plan.programs.enumerated() {
            for (number, process) in program.processes.enumerated() {
                programs[process] = index
                if program.isManaged {
                    positions[process] = Position(
                        level: program.level ?? .max,
                        program: ranks[index] ?? .max,
                        process: number
                    )
                }
            }
        }
    }

    /// Returns processes in the order in which they start; those without a place in it come after those that supervisord starts.
    func sorted(_ names: [ProcessName]) -> [ProcessName] {
        let last = Position(level: 0, program: .max, process: .max)
        return names.enumerated().map { (positions[$1] ?? last, $0, $1) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.2 }
    }

    /// How many waves of starts come before that of a process.
    func level(of name: ProcessName) -> Int { positions[name]?.level ?? 0 }

    /// Returns the processes that a program depends on; those that depend on it themselves, in a cycle, are left out.
    func parents(of program: Int) -> [ProcessName] {
        let level = plan.programs[program].level ?? .max
        return dependencies(of: program).flatMap { $0.processes }.map { processes[$0] }.filter { name in
            self.level(of: name) < level
        }
    }

    /// Returns the programs that depend on one of some processes, each with the names by which it does so.
    func dependents(of names: Set<ProcessName>) -> [(program: PlannedProgram, parents: [String])] {
        guard !names.isEmpty else {
            return []
        }
        return plan.programs.indices.compactMap { index in
            let parents = dependencies(of: index).filter { $0.processes.contains { names.contains(processes[$0]) } }
            return parents.isEmpty ? nil : (plan.programs[index], parents.map { $0.name })
        }
    }

    private func dependencies(of program: Int) -> [StartupParent] {
        let program = plan.programs[program]
        return program.isManaged ? program.dependencies.map { plan[parent: $0] } : []
    }
}
