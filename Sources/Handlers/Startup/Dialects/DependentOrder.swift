import ListenerKit

/// The order in which supervisord-dependent-startup lists programs, and starts those that can be started together.
///
/// Programs are listed by their distance from the roots, then by priority, then by name. Of those that can be started at
/// the same moment, the ones with a priority go first, however high it is; neither 0 nor 999 counts as one.
struct DependentOrder {
    /// What counts as no priority at all; supervisord's default.
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
    /// Where a program is among the entries.
    private var places: [Int?]

    init(count: Int) {
        places = Array(repeating: nil, count: count)
    }

    /// Adds a program.
    mutating func add(_ index: Int, _ program: ProgramConfiguration, after parents: [Int], inherits: Bool) {
        places[index] = entries.count
        let priority = program.priority == 0 ? Self.noPriority : program.effectivePriority
        entries.append(
            Entry(
                program: index,
                name: program.name,
                // It counts one that waits for itself among the roots.
                parents: parents.filter { $0 != index },
                inherits: inherits,
                priority: priority
            )
        )
    }

    /// What goes first, for each of the programs.
    consuming func ties() -> [Int: StartupTie] {
        findLevels()
        let listed = entries.sorted { ($0.level, $0.priority, $0.name) < ($1.level, $1.priority, $1.name) }
        var ties: [Int: StartupTie] = [:]
        for (place, entry) in listed.enumerated() {
            let priority = entry.priority == Self.noPriority ? Int.max : entry.priority
            // A place is never 0, which is that of programs which go by their names.
            ties[entry.program] = StartupTie(priority: priority, place: place + 1, name: entry.name)
        }
        return ties
    }

    /// Gives each program its distance from the roots, and the priority that it inherits; one in a cycle is never
    /// started, so its place does not matter.
    private mutating func findLevels() {
        let parents = entries.map { entry in entry.parents.compactMap { places[$0] } }
        var children: [[Int]] = Array(repeating: [], count: entries.count)
        for (place, parents) in parents.enumerated() {
            parents.forEach { children[$0].append(place) }
        }
        var missing = parents.map { $0.count }
        var open = entries.indices.filter { missing[$0] == 0 }
        var next = 0
        while next < open.count {
            let place = open[next]
            next += 1
            inherit(place, from: parents[place])
            for child in children[place] {
                missing[child] -= 1
                if missing[child] == 0 {
                    open.append(child)
                }
            }
        }
    }

    private mutating func inherit(_ place: Int, from parents: [Int]) {
        entries[place].level = (parents.map { entries[$0].level }.max() ?? -1) + 1
        if entries[place].inherits {
            entries[place].priority = parents.map { entries[$0].priority }.reduce(entries[place].priority, min)
        }
    }
}
