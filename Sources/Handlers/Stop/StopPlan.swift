package import ListenerKit

/// The order in which programs stop: that of the starts, read backwards.
///
/// A program stops once all that depend on it have stopped, directly or by way of others; those that do not depend on each other stop
/// at the same time. Programs outside the graph stop by supervisord's own rule, the greater `priority` of their groups first, beside
/// the others. Event listeners stop last, by supervisord itself. Programs that wait for each other stop at the same time.
package struct StopPlan: Sendable {
    /// The steps, each after those that must be over before.
    package private(set) var steps: [StopStep] = []
    /// The event listeners, in the order in which supervisord stops them: one after the other.
    package let listeners: [StopStep]

    /// Longer than anybody waits, and short enough for arithmetic.
    private static let longestStop = 366 * 24 * 60 * 60

    /// Reads the order of starts backwards.
    ///
    /// - Parameters:
    ///   - startup: The order of starts.
    ///   - configuration: The configuration that it was read from.
    package init(_ startup: StartupPlan, _ configuration: SupervisorConfiguration) {
        let names = Set(configuration.eventListeners.map { $0.name })
        let pools = Dictionary(configuration.eventListeners.map { ($0.name, $0.program) }) { first, _ in first }
        // supervisord stops its groups in the reverse of the order in which it starts them.
        let groups = configuration.groups.reversed().map { $0.name }.filter { names.contains($0) }
        listeners = groups.compactMap { pools[$0] }.map { Self.step(of: $0) }
        let graph = StartupGraph(startup.programs, startup.parents)
        let isParent = Self.parents(startup)
        let outside = startup.programs.indices.filter { !startup.programs[$0].isManaged && !isParent.contains($0) }
        addGraph(graph, without: Set(outside), configuration)
        addOthers(outside.map { configuration.programs[$0] }, configuration)
    }

    /// The programs that others wait for.
    private static func parents(_ startup: StartupPlan) -> Set<Int> {
        let awaited = Set(startup.programs.filter { $0.isManaged }.flatMap { $0.dependencies.map { $0.parent } })
        return Set(awaited.flatMap { startup.parents[$0].programs })
    }

    /// Adds the programs of the graph, those that depend on others before these.
    private mutating func addGraph(
        _ graph: StartupGraph,
        without outside: Set<Int>,
        _ configuration: SupervisorConfiguration
    ) {
        var stepOfNode: [Int?] = Array(repeating: nil, count: graph.nodeCount)
        var predecessors: [[Int]] = Array(repeating: [], count: graph.nodeCount)
        for component in StartupComponents(graph).all.reversed() {
            for node in component where !outside.contains(node) {
                stepOfNode[node] = steps.count
                let before = predecessors[node]
                if node < graph.programs.count {
                    steps.append(Self.step(of: configuration.programs[node], after: before))
                } else {
                    steps.append(StopStep(program: nil, processes: [], seconds: 0, predecessors: before))
                }
            }
            // What waits for each other has no order.
            let members = Set(component)
            for node in component {
                guard let step = stepOfNode[node] else {
                    continue
                }
                for position in 0..<graph.successorCount(of: node) {
                    let successor = graph.successor(position, of: node)
                    if !members.contains(successor), predecessors[successor].last != step {
                        predecessors[successor].append(step)
                    }
                }
            }
        }
    }

    /// Adds programs outside the graph: those of equal priority in one go, after those of greater priority.
    private mutating func addOthers(_ programs: [ProgramConfiguration], _ configuration: SupervisorConfiguration) {
        let priorities = Dictionary(configuration.groups.map { ($0.name, $0.priority) }) { first, _ in first }
        let classes = Dictionary(grouping: programs) { program in
            program.processes.compactMap { priorities[$0.group] }.min() ?? program.effectivePriority
        }
        var join: [Int] = []
        for (_, members) in classes.sorted(by: { $0.key > $1.key }) {
            let first = steps.count
            steps += members.map { Self.step(of: $0, after: join) }
            steps.append(
                StopStep(program: nil, processes: [], seconds: 0, predecessors: Array(first..<first + members.count))
            )
            join = [steps.count - 1]
        }
    }

    private static func step(of program: ProgramConfiguration, after predecessors: [Int] = []) -> StopStep {
        StopStep(
            program: program.name,
            processes: program.processes,
            seconds: min(max(program.stopWaitSeconds, 0), longestStop),
            predecessors: predecessors
        )
    }
}
