import ListenerKit

/// The order in which supervisord-dependent-startup lists programs, and starts those that are ready at the same time.
///
/// Programs are listed by their distance from the roots, then by priority, then by name. Of those that are ready at
/// the same time, the ones with a priority start first, however high it is; neither 0 nor 999 counts as one.
struct DependentOrder {
    /// The value that counts as no priority at all; supervisord's default.
    private static let noPriority = 999

    private struct Entry {
        let program: Int
        let name: String
        let parents: [Int]
        let inherits: Bool
        var priority: Int
        var level = 0
    }

    private var entries: [Entry] = []
    /// For each program, its position among the entries.
    private var positions: [Int?]

    init(count: Int) {
        positions = Array(repeating: nil, count: count)
    }

    /// Adds a program.
    mutating func add(_ index: Int, _ program: ProgramConfiguration, after parents: [Int], inherits: Bool) {
        positions[index] = entries.count
        let priority = program.priority == 0 ? Self.noPriority : program.effectivePriority
        entries.append(
            Entry(
                program: index,
                name: program.name,
                // supervisord-dependent-startup counts one that waits for itself among the roots.
                parents: parents.filter { $0 != index },
                inherits: inherits,
                priority: priority
            )
        )
    }

    /// Returns what decides who is first, for each of the programs.
    consuming func orderKeys() -> [Int: StartOrderKey] {
        findLevels()
        let listed = entries.sorted { ($0.level, $0.priority, $0.name) < ($1.level, $1.priority, $1.name) }
        var orderKeys: [Int: StartOrderKey] = [:]
        for (position, entry) in listed.enumerated() {
            let priority = entry.priority == Self.noPriority ? Int.max : entry.priority
            // A position is never 0, which is that of programs whose names decide.
            orderKeys[entry.program] = StartOrderKey(priority: priority, position: position + 1, name: entry.name)
        }
        return orderKeys
    }

    /// Gives each program its distance from the roots, and the priority that it inherits; one in a cycle is never
    /// started, so its position does not matter.
    private mutating func findLevels() {
        let parents = entries.map { entry in entry.parents.compactMap { positions[$0] } }
        var children: [[Int]] = Array(repeating: [], count: entries.count)
        for (position, parents) in parents.enumerated() {
            parents.forEach { children[$0].append(position) }
        }
        var missing = parents.map { $0.count }
        var open = entries.indices.filter { missing[$0] == 0 }
        var next = 0
        while next < open.count {
            let position = open[next]
            next += 1
            inherit(position, from: parents[position])
            for child in children[position] {
                missing[child] -= 1
                if missing[child] == 0 {
                    open.append(child)
                }
            }
        }
    }

    private mutating func inherit(_ position: Int, from parents: [Int]) {
        entries[position].level = (parents.map { entries[$0].level }.max() ?? -1) + 1
        if entries[position].inherits {
            entries[position].priority = parents.map { entries[$0].priority }.reduce(entries[position].priority, min)
        }
    }
}
