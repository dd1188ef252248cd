import ExecutableTesting
import ListenerKit

@testable import Handlers

/// A random configuration, and what must stop before what, found by a simpler way than the plan's.
struct StopGraph {
    /// A process, and when it is to be stopped.
    struct Process {
        let name: ProcessName
        /// `stopwaitsecs`.
        let seconds: Int
        /// The index of its program.
        let program: Int
        /// The priority of its group.
        let priority: Int
    }

    let configuration: String
    let plan: StopPlan
    let processes: [Process]
    /// For each process, those that must be down before it is stopped.
    let before: [Set<Int>]

    /// Makes a graph.
    ///
    /// - Parameters:
    ///   - count: How many programs there are.
    ///   - seed: What the graph depends on.
    ///   - hasCycles: Whether a program may wait for any other, or only for those before it.
    /// - Throws: Whatever is wrong with the configuration.
    init(count: Int, seed: UInt64, hasCycles: Bool = false) throws {
        var random = SeededGenerator(state: seed)
        let text = Self.configuration(count, hasCycles, &random)
        let read = try SupervisorConfiguration.of(text)
        let startup = StartupPlan(read)
        configuration = text
        plan = StopPlan(startup, read)
        let priorities = Dictionary(uniqueKeysWithValues: read.groups.map { ($0.name, $0.priority) })
        let processes = read.programs.indices.flatMap { index in
            read.programs[index].processes.map { name in
                Process(
                    name: name,
                    seconds: read.programs[index].stopWaitSeconds,
                    program: index,
                    priority: priorities[name.group] ?? 999
                )
            }
        }
        self.processes = processes
        let order = Self.order(startup)
        before = processes.map { process in
            Set(
                processes.indices.filter { index in
                    let other = processes[index]
                    guard order.outside.contains(process.program) else {
                        return order.before[process.program].contains(other.program)
                    }
                    return order.outside.contains(other.program) && other.priority > process.priority
                }
            )
        }
    }

    /// How long a stop takes in which each process takes some time once it is stopped.
    func duration(of durations: [Duration]) -> Duration {
        var ends: [Duration?] = processes.map { _ in nil }
        func end(_ index: Int) -> Duration {
            if let known = ends[index] {
                return known
            }
            let end = (before[index].map { end($0) }.max() ?? .zero) + durations[index]
            ends[index] = end
            return end
        }
        return processes.indices.map { end($0) }.max() ?? .zero
    }

    /// Finds for each program those that depend on it, but not it on them, and the programs outside the graph.
    private static func order(_ startup: StartupPlan) -> (before: [Set<Int>], outside: Set<Int>) {
        let parents = startup.programs.map { program in
            program.isManaged ? program.dependencies.flatMap { startup[parent: $0].programs } : []
        }
        let reached = startup.programs.indices.map { start in
            var seen: Set<Int> = []
            var open = parents[start]
            while let next = open.popLast() {
                if seen.insert(next).inserted {
                    open += parents[next]
                }
            }
            return seen
        }
        let before = startup.programs.indices.map { index in
            Set(startup.programs.indices.filter { reached[$0].contains(index) && !reached[index].contains($0) })
        }
        let awaited = Set(parents.joined())
        let outside = startup.programs.indices.filter { !startup.programs[$0].isManaged && !awaited.contains($0) }
        return (before, Set(outside))
    }

    private static func configuration(_ count: Int, _ hasCycles: Bool, _ random: inout SeededGenerator) -> String {
        var text = ""
        for index in 0..<count {
            let processes = Int.random(in: 1...3, using: &random)
            text += """
                [program:p\(index)]
                command=x
                numprocs=\(processes)
                process_name=%(program_name)s_%(process_num)d
                stopwaitsecs=\(Int.random(in: 0...3, using: &random))
                priority=\(Int.random(in: 1...4, using: &random))

                """
            guard Int.random(in: 0..<10, using: &random) < 7 else {
                continue
            }
            let parents = parents(of: index, hasCycles ? 0..<count : 0..<index, &random)
            text += "autostart=false\nstartafter=" + parents.joined(separator: " ") + "\n"
        }
        // Groups of three programs, some of which are in a second one.
        for group in 0..<(count / 3) where Bool.random(using: &random) || group % 2 == 0 {
            let members =
                (0..<3).map { "p\(group * 3 + $0)" } + (group > 0 && group % 4 == 0 ? ["p\(group * 3 - 1)"] : [])
            text += "[group:g\(group)]\nprograms=\(members.joined(separator: ","))\n"
            text += "priority=\(Int.random(in: 1...4, using: &random))\n"
        }
        return text + "[eventlistener:l]\ncommand=x\nevents=TICK_5\n"
    }

    /// What a program waits for: some of the programs of a range, or groups of them.
    private static func parents(
        of program: Int,
        _ range: Range<Int>,
        _ random: inout SeededGenerator
    ) -> [String] {
        guard !range.isEmpty else {
            return []
        }
        let conditions = ["", ":started", ":exited", ":running,completed"]
        var parents: [String] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let parent = Int.random(in: range, using: &random)
            // A group need not exist.
            let group = parent / 3
            let isGroup = Int.random(in: 0..<4, using: &random) == 0 && group * 3 + 2 < program
            let isOptional = Bool.random(using: &random)
            parents.append(
                (isGroup ? "g\(group):*" : "p\(parent)") + (conditions.randomElement(using: &random) ?? "")
                    + (isOptional ? "?" : "")
            )
        }
        return parents
    }
}
