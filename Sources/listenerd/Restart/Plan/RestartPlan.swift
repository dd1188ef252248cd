import Handlers
import ListenerKit

/// The processes to be restarted, in their order, and what they depend on.
struct RestartPlan {
    /// The processes to be restarted: what depends on another one comes after it, the rest is in the order of the names.
    let targets: [RestartTarget]
    /// The processes that a name means only among others, and that are left alone, each with the reason.
    let leftAlone: [(name: ProcessName, reason: String)]
    /// What the configuration says of each process.
    let rules: [ProcessName: ProcessRules]
    private let order: StartOrder

    /// Finds the processes that are meant.
    ///
    /// - Parameters:
    ///   - names: The names, as supervisorctl takes them.
    ///   - includesDependents: Whether what depends on them is restarted as well.
    ///   - loaded: supervisord's configuration, and the order of starts.
    ///   - processes: The processes that supervisord knows.
    /// - Throws: ``UnknownRestartNames`` if nothing has one of the names.
    init(
        _ names: [String],
        includesDependents: Bool,
        _ loaded: LoadedPlan,
        _ processes: [ProcessInformation]
    ) throws(UnknownRestartNames) {
        let order = StartOrder(loaded)
        let rules = loaded.processRules
        let known = RestartNames(order.sorted(processes.map { $0.name }), loaded.configuration)
        var choice = try RestartChoice(names, known)
        if includesDependents {
            choice.addDependents(order, Set(processes.map { $0.name }))
        }
        let states = Dictionary(processes.map { ($0.name, $0) }) { first, _ in first }
        var chosen: [ProcessName] = []
        var leftAlone = choice.listeners.map { ($0, "an event listener") }
        for name in choice.processes {
            let state = states[name]
            let standing = state.map { (rules[name] ?? ProcessRules()).standing(of: $0) }
            if !choice.named.contains(name), let state, standing == .stopped || standing == .completed {
                leftAlone.append((name, standing == .completed ? "completed" : state.state.name))
            } else {
                chosen.append(name)
            }
        }
        (self.order, self.rules, self.leftAlone) = (order, rules, leftAlone)
        targets = Self.targets(chosen, order)
    }

    /// Returns the targets in their order: each after those that it depends on, otherwise as they are chosen.
    private static func targets(_ chosen: [ProcessName], _ order: StartOrder) -> [RestartTarget] {
        let isChosen = Set(chosen)
        var targets: [RestartTarget] = []
        var indices: [ProcessName: Int] = [:]
        // A program's processes depend on the same ones.
        var predecessors: [Int: [Int]] = [:]
        func add(_ name: ProcessName) {
            guard indices[name] == nil else {
                return
            }
            var own: [Int] = []
            if let program = order.programs[name] {
                own = predecessors[program] ?? add(order.parents(of: program).filter { isChosen.contains($0) })
                predecessors[program] = own
            }
            indices[name] = targets.count
            targets.append(RestartTarget(name: name, predecessors: own))
        }
        func add(_ parents: [ProcessName]) -> [Int] {
            parents.forEach { add($0) }
            return parents.compactMap { indices[$0] }
        }
        chosen.forEach { add($0) }
        return targets
    }

    /// Returns what the configuration says of a process.
    subscript(rulesOf name: ProcessName) -> ProcessRules { rules[name] ?? ProcessRules() }

    /// Returns a sentence for each program that depends on what was restarted, and was not restarted itself.
    ///
    /// - Parameters:
    ///   - restarted: The processes that were restarted.
    ///   - isUp: Whether a process is up.
    /// - Returns: The sentences, without a full stop.
    func notes(restarted: Set<ProcessName>, isUp: (ProcessName) -> Bool) -> [String] {
        let targets = Set(targets.map { $0.name })
        return order.dependents(of: restarted).compactMap { program, parents in
            program.processes.contains(where: targets.contains) || !program.processes.contains(where: isUp)
                ? nil : "\(program.name) depends on \(listed(parents)) and was not restarted"
        }
    }
}
