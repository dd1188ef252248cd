import Handlers

/// An order as nodes and edges, for a picture.
///
/// Of the order of starts, each program is a node and each parent an edge. A parent of several programs has its own node: edges from
/// each of its members to each dependent would be too many to read.
struct PlanDrawing {
    /// A program, or what joins several programs.
    struct Node {
        /// Tells it from all others.
        let name: String
        /// The text in it.
        let label: String
        let kind: Kind
        /// Whether it stands out.
        var isEmphasized = false
    }

    /// The thing that a node stands for.
    enum Kind {
        /// A program.
        case program
        /// A program that an error keeps from starting.
        case neverStarted
        /// Several programs.
        case group
        /// An event listener.
        case listener
        /// Nothing but the place where edges meet.
        case join
    }

    /// A line between two nodes given by their indices.
    struct Edge {
        let from: Int
        let to: Int
        let kind: EdgeKind
    }

    /// The meaning of an edge.
    enum EdgeKind {
        /// The second node waits for the first, with the conditions.
        case dependency(label: String, isOptional: Bool)
        /// The first node belongs to the second.
        case membership
        /// The second node stops after the first.
        case order
    }

    /// What is drawn, as one word.
    let subject: String
    /// The text above everything; nil for none.
    let title: String?
    private(set) var nodes: [Node]
    private(set) var edges: [Edge] = []

    /// Draws the order of starts: the programs in the order of the files, then the parents of several programs.
    init(_ plan: StartupPlan) {
        subject = "startup"
        title = nil
        nodes = plan.programs.map { program in
            Node(
                name: program.name,
                label: program.name + (program.readiness.map { ": \($0)" } ?? ""),
                kind: program.level == nil ? .neverStarted : .program
            )
        }
        var sources: [Int] = []
        for parent in plan.parents {
            sources.append(parent.programs.count == 1 ? parent.programs[0] : addGroup(parent))
        }
        for (index, program) in plan.programs.enumerated() {
            for dependency in program.dependencies {
                let parent = plan[parent: dependency]
                let source = sources[dependency.parent]
                let words = dependency.conditions.description
                let label = parent.name == nodes[source].name ? words : "\(parent.name) \(words)"
                let kind = EdgeKind.dependency(label: label, isOptional: dependency.isOptional)
                edges.append(Edge(from: source, to: index, kind: kind))
            }
        }
    }

    private mutating func addGroup(_ parent: StartupParent) -> Int {
        nodes.append(Node(name: parent.name, label: parent.name, kind: .group))
        for program in parent.programs {
            edges.append(Edge(from: program, to: nodes.count - 1, kind: .membership))
        }
        return nodes.count - 1
    }
}

extension PlanDrawing {
    /// Draws the order of a stop: each program with the longest time that it may take, those of the longest chain with emphasis.
    init(_ stop: PlannedStop) {
        subject = "stop"
        title = stop.summary
        let chain = Set(stop.forecast.longestChain)
        nodes = stop.forecast.steps.enumerated().map { index, step in
            Node(
                // A program may have several steps.
                name: String(index),
                label: step.program.map { "\($0): \(step.seconds) s" } ?? "",
                kind: step.program == nil ? .join : stop.isListener(index) ? .listener : .program,
                isEmphasized: chain.contains(index)
            )
        }
        for (index, step) in stop.forecast.steps.enumerated() {
            edges += step.predecessors.map { Edge(from: $0, to: index, kind: .order) }
        }
    }
}
