import Handlers

/// The order of starts as nodes and edges: a node for each program, and an edge for each parent.
///
/// A parent of several programs has its own node: edges from each of its members to each dependent would be too many to read.
struct PlanDrawing {
    /// A program, or a parent of several programs.
    struct Node {
        let name: String
        /// When it is ready; nil if that is when it is RUNNING.
        let readiness: String?
        let kind: Kind

        /// The text in it.
        var label: String { name + (readiness.map { ": \($0)" } ?? "") }
    }

    /// The thing that a node stands for.
    enum Kind {
        /// A program.
        case program
        /// A program that an error keeps from starting.
        case neverStarted
        /// Several programs.
        case group
    }

    /// A dependency, or a program's membership in a parent, between two nodes given by their indices.
    struct Edge {
        let from: Int
        let to: Int
        /// The conditions; nil for a membership: the first node belongs to the second.
        let label: String?
        let isOptional: Bool
    }

    /// The programs in the order of the files, then the parents of several programs.
    private(set) var nodes: [Node]
    private(set) var edges: [Edge] = []

    init(_ plan: StartupPlan) {
        nodes = plan.programs.map { program in
            Node(
                name: program.name,
                readiness: program.readiness,
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
                edges.append(Edge(from: source, to: index, label: label, isOptional: dependency.isOptional))
            }
        }
    }

    private mutating func addGroup(_ parent: StartupParent) -> Int {
        nodes.append(Node(name: parent.name, readiness: nil, kind: .group))
        for program in parent.programs {
            edges.append(Edge(from: program, to: nodes.count - 1, label: nil, isOptional: false))
        }
        return nodes.count - 1
    }
}
