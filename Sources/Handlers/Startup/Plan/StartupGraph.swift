import ListenerKit

/// Programs and what they wait for, as nodes: the programs first, then the parents, which lead on to their programs.
///
/// With a node for each parent, a hundred programs that wait for a group of a hundred make two hundred edges, not ten
/// thousand.
struct StartupGraph {
    let programs: [PlannedProgram]
    let parents: [StartupParent]

    init(_ programs: [PlannedProgram], _ parents: [StartupParent]) {
        self.programs = programs
        self.parents = parents
    }

    /// How many nodes there are.
    var nodeCount: Int { programs.count + parents.count }

    /// Returns how many nodes a node waits for.
    func successorCount(of node: Int) -> Int {
        guard node < programs.count else {
            return parents[node - programs.count].programs.count
        }
        return programs[node].isManaged ? programs[node].dependencies.count : 0
    }

    /// Returns one of the nodes that a node waits for.
    func successor(_ position: Int, of node: Int) -> Int {
        node < programs.count
            ? programs.count + programs[node].dependencies[position].parent
            : parents[node - programs.count].programs[position]
    }

    /// Returns how many waves of starts come before each program's.
    ///
    /// - Parameters:
    ///   - components: All nodes, those that are waited for before those that wait.
    ///   - refused: Programs that are never started.
    ///   - neverReady: Programs that are started, but never become ready.
    /// - Returns: For each program 0 if it is not started here, nil if it never starts; else one more than the highest level
    ///   among its parents.
    func levels(_ components: StartupComponents, without refused: Set<Int>, neverReady: Set<Int>) -> [Int?] {
        var levels: [Int?] = Array(repeating: nil, count: nodeCount)
        let neverReady = neverReady.isEmpty ? [] : parents(with: neverReady)
        for component in components.all where !components.isCycle(component) {
            guard let node = component.first, !refused.contains(node) else {
                continue
            }
            if node >= programs.count {
                let members = parents[node - programs.count].programs.map { levels[$0] }
                levels[node] = members.contains(nil) ? nil : members.compactMap { $0 }.max() ?? 0
            } else if programs[node].isManaged {
                levels[node] = level(of: programs[node], levels, neverReady).map { $0 + 1 }
            } else {
                levels[node] = 0
            }
        }
        return Array(levels.prefix(programs.count))
    }

    /// Returns whether a program starts only once all programs of a parent are ready.
    func needsReady(_ parent: Int, _ program: Int) -> Bool {
        programs[program].dependencies.contains { $0.parent == parent && !$0.isOptional && $0.needsReady }
    }

    /// The highest level among a program's parents; nil if one that it needs never starts, or never becomes ready.
    private func level(of program: PlannedProgram, _ levels: [Int?], _ neverReady: Set<Int>) -> Int? {
        var highest = 0
        for dependency in program.dependencies {
            let isReachable = neverReady.isEmpty || !neverReady.contains(dependency.parent) || !dependency.needsReady
            if isReachable, let level = levels[programs.count + dependency.parent] {
                highest = max(highest, level)
            } else if !dependency.isOptional {
                return nil
            }
        }
        return highest
    }

    /// The parents that one of some programs belongs to, by their indices.
    private func parents(with members: Set<Int>) -> Set<Int> {
        Set(parents.indices.filter { !members.isDisjoint(with: parents[$0].programs) })
    }
}
