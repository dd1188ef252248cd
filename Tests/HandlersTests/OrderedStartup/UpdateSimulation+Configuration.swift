import ListenerKit

@testable import Handlers

/// How the configuration changes.
extension UpdateSimulation {
    mutating func addSection() {
        names += 1
        sections.insert(
            Section(name: "p\(names)", count: chosen(1...3), waits: [:]),
            at: chosen(0...sections.count)
        )
        wait(sections.indices.last { sections[$0].name == "p\(names)" } ?? 0)
    }

    /// Has a program wait for some of those before it.
    private mutating func wait(_ index: Int) {
        sections[index].waits = [:]
        for _ in 0..<chosen(0...2) where index > 0 {
            let conditions = [StartupConditions.started, .running, .exited, [.running, .exited]]
            sections[index].waits[sections[chosen(0...(index - 1))].name] = conditions[chosen(0...3)]
        }
    }

    /// Changes some sections, and has supervisord take that over.
    mutating func update() {
        var added: Set<String> = []
        for _ in 0..<chosen(1...3) {
            switch chosen(0...5) {
            case 0: addSection()
            case 1 where sections.count > 1: remove(chosen(0...(sections.count - 1)))
            // supervisord does not look at what others wait for.
            case 2 where !sections.isEmpty: wait(chosen(0...(sections.count - 1)))
            case 3 where !sections.isEmpty: sections[chosen(0...(sections.count - 1))].count = chosen(0...3)
            case 4 where !sections.isEmpty: added.insert(sections[chosen(0...(sections.count - 1))].name)
            default: break
            }
        }
        let old = Dictionary(grouping: processes.keys) { $0.group }
        for section in sections where Set(old[section.name] ?? []) != Set(section.processes) {
            added.insert(section.name)
        }
        load(added)
    }

    private mutating func remove(_ index: Int) {
        let name = sections.remove(at: index).name
        for other in sections.indices {
            sections[other].waits[name] = nil
        }
    }

    private mutating func load(_ added: Set<String>) {
        let names = Set(sections.map { $0.name })
        processes = processes.filter { names.contains($0.key.group) && !added.contains($0.key.group) }
        for section in sections where added.contains(section.name) {
            for process in section.processes {
                processes[process] = Process()
            }
        }
        now += .milliseconds(1)
        updates.append((now, sections))
        if chosen(0...5) == 0 {
            return restartListener()
        }
        // What others wait for changes without an event; the listener finds that when it asks for any reason.
        requests.append(now + .seconds(10))
        for group in added.sorted() {
            for change in [ProcessGroupEvent.Change.removed, .added] {
                hear { reducer, now in
                    reducer.apply(ProcessGroupEvent(header: Self.header, group: group, change: change), at: now)
                }
            }
        }
    }

    /// Starts the listener again, without anything that it knew.
    mutating func restartListener() {
        reducer = StartupReducer(.init(plan: plan(of: sections)))
        updates = []
        followed = sections
        hasGap = false
        answer = nil
        requests = [now]
    }
}
