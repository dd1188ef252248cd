package import ListenerKit

/// The gates of a program: `ready=` and `ready_timeout=`.
///
/// Few programs have gates, and programs are copied often, so that this is a class.
package final class ProgramGates: Sendable {
    /// The gates of each process, in the order of ``PlannedProgram/processes``.
    package let processes: [[Gate]]
    /// How long after RUNNING a process may take to pass all of them, before it counts as failed; nil for any time.
    package let timeout: Duration?
    /// The location of `ready=`.
    package let location: ConfigurationLocation

    /// Describes the gates of a program.
    package init(processes: [[Gate]], timeout: Duration?, location: ConfigurationLocation) {
        self.processes = processes
        self.timeout = timeout
        self.location = location
    }
}

extension ProgramGates {
    /// The gates of all processes as they are written, each once.
    package var distinct: [Gate] {
        var seen: Set<String> = []
        return processes.joined().filter { seen.insert($0.text).inserted }
    }
}
