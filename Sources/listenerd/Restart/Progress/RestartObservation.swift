import ListenerKit

/// How all processes stand at some time.
struct RestartObservation {
    /// The processes that supervisord knows.
    let processes: [ProcessName: ProcessInformation]
    /// Those with gates that are RUNNING, and whether they are ready.
    var readiness: [ProcessName: RestartReadiness] = [:]

    /// Describes how processes stand.
    init(_ processes: [ProcessInformation], _ readiness: [ProcessName: RestartReadiness] = [:]) {
        self.processes = Dictionary(processes.map { ($0.name, $0) }) { first, _ in first }
        self.readiness = readiness
    }

    /// Returns whether a process is RUNNING, and ready if it has gates.
    func isServing(_ name: ProcessName) -> Bool {
        processes[name]?.state == .running && [nil, .ready].contains(readiness[name])
    }
}
