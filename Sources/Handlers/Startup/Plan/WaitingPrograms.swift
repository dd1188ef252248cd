/// Finds the programs that wait for a program, and those that wait for them in turn.
struct WaitingPrograms {
    private let graph: StartupGraph
    /// For each program, the parents that it belongs to.
    private let memberships: [[Int]]
    /// For each parent, the programs that wait for it, unless it is optional for them.
    private let children: [[Int]]

    /// How many names are worth reading in one line.
    private static let mostNames = 10
    /// How many programs are counted.
    private static let mostCounted = 1000

    init(_ graph: StartupGraph) {
        var memberships: [[Int]] = Array(repeating: [], count: graph.programs.count)
        var children: [[Int]] = Array(repeating: [], count: graph.parents.count)
        for (index, parent) in graph.parents.enumerated() {
            for program in parent.programs {
                memberships[program].append(index)
            }
        }
        for (index, program) in graph.programs.enumerated() where program.isManaged {
            for dependency in program.dependencies where !dependency.isOptional {
                children[dependency.parent].append(index)
            }
        }
        self.graph = graph
        self.memberships = memberships
        self.children = children
    }

    /// Names the programs that wait, each with what it waits for.
    ///
    /// - Parameter roots: Programs that do not start, or fail.
    /// - Returns: `b (waits for a), c (waits for b)`; nil if none waits.
    func description(for roots: [Int]) -> String? {
        description(for: roots, of: roots.flatMap { memberships[$0] }) { parent, _ in children[parent] }
    }

    /// Names the programs that wait for a program to be ready, and those that wait for them.
    ///
    /// - Parameter program: A program that starts, but never becomes ready.
    /// - Returns: `b (waits for a), c (waits for b)`; nil if none waits.
    func description(forUnready program: Int) -> String? {
        description(for: [program], of: memberships[program]) { parent, isOfRoots in
            let children = children[parent]
            return isOfRoots ? children.filter { graph.needsReady(parent, $0) } : children
        }
    }

    /// Names the programs that wait, each with what it waits for.
    ///
    /// - Parameters:
    ///   - roots: Programs that do not start, or fail.
    ///   - parents: The parents among these that are waited for in vain.
    ///   - children: The programs that wait for a parent; it is one of these, or belongs to a program that waits itself.
    /// - Returns: `b (waits for a), c (waits for b)`; nil if none waits.
    func description(
        for roots: [Int],
        of parents: [Int],
        _ children: (_ parent: Int, _ isOfRoots: Bool) -> [Int]
    ) -> String? {
        var seen = Set(roots)
        var open: [Int] = []
        var names: [String] = []
        func add(_ parents: [Int], areOfRoots: Bool) {
            for parent in parents {
                for child in children(parent, areOfRoots) where seen.insert(child).inserted {
                    open.append(child)
                    if names.count < Self.mostNames {
                        names.append("\(graph.programs[child].name) (waits for \(graph.parents[parent].name))")
                    }
                }
            }
        }
        add(parents, areOfRoots: true)
        var next = 0
        while next < open.count, open.count < Self.mostCounted {
            add(memberships[open[next]], areOfRoots: false)
            next += 1
        }
        guard !names.isEmpty else {
            return nil
        }
        let rest = open.count - names.count
        let count = next < open.count ? "at least \(rest)" : "\(rest)"
        return names.joined(separator: ", ") + (rest > 0 ? " and \(count) more" : "")
    }
}
