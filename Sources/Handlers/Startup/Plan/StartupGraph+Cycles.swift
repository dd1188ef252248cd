import ListenerKit

extension StartupGraph {
    /// Describes a cycle.
    ///
    /// - Parameter component: Nodes that wait for each other.
    /// - Returns: An error that names the programs of the shortest cycle in its order, and these programs.
    func problem(of component: [Int]) -> (problem: ConfigurationProblem, named: [Int])? {
        guard let start = component.filter({ $0 < programs.count }).min(),
            let first = cycle(through: start, within: Set(component))
        else {
            return nil
        }
        let members = first.filter { $0 < programs.count }
        let location = location(of: first)
        guard members.count > 1 else {
            let message = "\(programs[start].name) waits for itself, so it never starts"
            return (ConfigurationProblem(.dependencyCycle, at: location, message), members)
        }
        let names = members.map { programs[$0].name }
        let links = zip(names, names.dropFirst() + names.prefix(1)).map { "\($0) waits for \($1)" }
        let listed =
            links.count > Self.mostLinks
            ? links.prefix(Self.mostLinks - 1) + ["and so on, until \(links[links.count - 1])"] : links[...]
        let message = "a dependency cycle, so none of these ever starts: " + listed.joined(separator: ", ")
        return (ConfigurationProblem(.dependencyCycle, at: location, message), members)
    }

    /// How many members of a cycle are worth reading.
    private static let mostLinks = 50

    /// The line by which the first node of a cycle waits for the second.
    private func location(of cycle: [Int]) -> ConfigurationLocation {
        let program = programs[cycle[0]]
        let parent = cycle.count > 1 ? cycle[1] - programs.count : -1
        return program.dependencies.first { $0.parent == parent }?.location ?? program.location
    }

    /// The shortest way from a node back to itself.
    private func cycle(through start: Int, within members: Set<Int>) -> [Int]? {
        var cameFrom: [Int: Int] = [:]
        var open = [start]
        var next = 0
        while next < open.count {
            let node = open[next]
            next += 1
            for position in 0..<successorCount(of: node) {
                let successor = successor(position, of: node)
                if successor == start {
                    return way(from: start, to: node, cameFrom)
                }
                if members.contains(successor), cameFrom[successor] == nil {
                    cameFrom[successor] = node
                    open.append(successor)
                }
            }
        }
        return nil
    }

    private func way(from start: Int, to end: Int, _ cameFrom: [Int: Int]) -> [Int] {
        var way = [end]
        while let last = way.last, last != start, let previous = cameFrom[last] {
            way.append(previous)
        }
        return way.reversed()
    }
}
