import Handlers
import ListenerKit

/// How things stand with every process.
struct StatusReport {
    /// The processes in the order in which supervisord lists them; those that it does not know come last.
    let lines: [StatusLine]

    /// Joins what supervisord knows with what the configuration says.
    ///
    /// - Parameters:
    ///   - loaded: The configuration.
    ///   - processes: What supervisord knows.
    init(_ loaded: LoadedPlan, _ processes: [ProcessInformation]) {
        let reading = StatusReading(loaded, processes)
        let known = Set(processes.map { $0.name })
        let unknown = loaded.plan.programs.filter { $0.isManaged }.flatMap { $0.processes }.filter {
            !known.contains($0)
        }
        lines = processes.map { reading.line(for: $0) } + unknown.map { StatusLine(unknown: $0) }
    }

    /// Whether everything is up that ought to be.
    var isUp: Bool {
        lines.allSatisfy { $0.isUp }
    }

    /// The lines.
    var text: [UInt8] {
        var table = Table()
        for line in lines {
            table.add([line.name.description, line.state?.name ?? "-", line.age ?? "-", line.remark])
        }
        return table.text
    }
}
