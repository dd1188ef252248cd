import ListenerKit

/// Collects the steps of an ordered stop.
struct StopPlanBuilder {
    private(set) var steps: [StopStep] = []
    private let configuration: SupervisorConfiguration

    init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
    }

    /// Adds the programs of a graph, those that depend on others before these.
    ///
    /// - Parameters:
    ///   - graph: What waits for what.
    ///   - outside: Programs that have no place in it, by their indices.
    mutating func addGraph(_ graph: StartupGraph, without outside: Set<Int>) {
        // For each node, the steps that must be over before it.
        var predecessors: [[Int]] = Array(repeating: [], count: graph.nodeCount)
        for component in StartupComponents(graph).all.reversed() {
            let nodes = component.filter { !outside.contains($0) }
            let programs = nodes.filter { $0 < graph.programs.count }
            let successorCount = nodes.reduce(0) { $0 + graph.successorCount(of: $1) }
            // Of programs that wait for each other none is first, and each comes after all that depend on one of them.
            let before = join(
                nodes.flatMap { predecessors[$0] },
                forFollowers: programs.isEmpty ? successorCount : programs.count
            )
            let added = programs.map { node in
                add(configuration.programs[node], configuration.programs[node].processes, after: before)
            }
            let after = programs.isEmpty ? before : join(added, forFollowers: successorCount)
            for node in nodes {
                for position in 0..<graph.successorCount(of: node) {
                    predecessors[graph.successor(position, of: node)] += after
                }
            }
        }
    }

    /// Adds programs that stop by the priority of their groups, the greatest first, and those of equal priority at the same time.
    ///
    /// - Parameter programs: Their indices. A program in several groups has a step for each priority.
    mutating func addByPriority(_ programs: [Int]) {
        let priorities = Dictionary(configuration.groups.map { ($0.name, $0.priority) }) { first, _ in first }
        var classes: [Int: [(program: ProgramConfiguration, processes: [ProcessName])]] = [:]
        for program in programs.map({ configuration.programs[$0] }) {
            let parts = Dictionary(grouping: program.processes) { priorities[$0.group] ?? program.effectivePriority }
            for (priority, processes) in parts {
                classes[priority, default: []].append((program, processes))
            }
        }
        var before: [Int] = []
        for (_, members) in classes.sorted(by: { $0.key > $1.key }) {
            let added = members.map { add($0.program, $0.processes, after: before) }
            before = join(added, forFollowers: .max)
        }
    }

    /// Adds a step.
    ///
    /// - Returns: Its index.
    private mutating func add(
        _ program: ProgramConfiguration,
        _ processes: [ProcessName],
        after predecessors: [Int]
    ) -> Int {
        steps.append(StopStep(program, processes, after: predecessors))
        return steps.count - 1
    }

    /// Returns what is to be waited for in place of some steps: these, or one that joins them if they and their followers are several.
    private mutating func join(_ predecessors: [Int], forFollowers count: Int) -> [Int] {
        var seen: Set<Int> = []
        let distinct = predecessors.filter { seen.insert($0).inserted }
        guard distinct.count > 1, count > 1 else {
            return distinct
        }
        steps.append(StopStep(joining: distinct))
        return [steps.count - 1]
    }
}
