import Handlers
import ListenerKit

/// The status of every process.
struct StatusReport {
    /// One line for each process, in supervisord's order; processes that it does not know come last.
    let lines: [StatusLine]

    /// Combines the state of all processes with the configuration.
    init(_ facts: StatusFacts) {
        let reading = StatusReading(facts)
        let known = Set(facts.processes.map { $0.name })
        let managed = facts.loaded.plan.programs.filter { $0.isManaged }
        let unknown = managed.flatMap { $0.processes }.filter { !known.contains($0) }
        lines = facts.processes.map { reading.line(for: $0) } + unknown.map { StatusLine(unknown: $0) }
    }

    /// Whether everything that should be up is up.
    var isUp: Bool {
        lines.allSatisfy { $0.isUp }
    }

    /// The lines, as text.
    var text: [UInt8] {
        var table = Table()
        for line in lines {
            table.add([line.name.description, line.state?.name ?? "-", line.age ?? "-", line.remark])
        }
        return table.text
    }
}
