/// The nodes of a graph in groups: two stand in the same one if each waits for the other, however indirectly.
///
/// This is the algorithm of Tarjan, without recursion, because chains may be longer than a stack.
struct StartupComponents {
    /// The groups; what is waited for comes before what waits.
    private(set) var all: [[Int]] = []
    private let graph: StartupGraph
    private var number: [Int]
    private var lowest: [Int]
    private var isOpen: [Bool]
    private var open: [Int] = []
    private var path: [(node: Int, next: Int)] = []
    private var count = 0

    init(_ graph: StartupGraph) {
        self.graph = graph
        number = Array(repeating: -1, count: graph.nodeCount)
        lowest = number
        isOpen = Array(repeating: false, count: graph.nodeCount)
        all.reserveCapacity(graph.nodeCount)
        for node in 0..<graph.nodeCount where number[node] < 0 {
            enter(node)
            while !path.isEmpty {
                step()
            }
        }
    }

    /// Returns whether the members of a group wait for each other; no node leads straight back to itself.
    func isCycle(_ component: [Int]) -> Bool {
        component.count > 1
    }

    private mutating func enter(_ node: Int) {
        number[node] = count
        lowest[node] = count
        count += 1
        open.append(node)
        isOpen[node] = true
        path.append((node, 0))
    }

    private mutating func step() {
        let (node, next) = path[path.count - 1]
        if next < graph.successorCount(of: node) {
            path[path.count - 1].next += 1
            let successor = graph.successor(next, of: node)
            if number[successor] < 0 {
                enter(successor)
            } else if isOpen[successor] {
                lowest[node] = min(lowest[node], number[successor])
            }
        } else {
            leave(node)
        }
    }

    private mutating func leave(_ node: Int) {
        path.removeLast()
        if let previous = path.last?.node {
            lowest[previous] = min(lowest[previous], lowest[node])
        }
        guard lowest[node] == number[node] else {
            return
        }
        var component: [Int] = []
        while let member = open.popLast() {
            isOpen[member] = false
            component.append(member)
            if member == node {
                break
            }
        }
        all.append(component)
    }
}
