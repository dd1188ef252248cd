import Handlers
import ListenerKit

/// Finds out how processes stand while some are restarted; each look also nudges supervisord.
struct RestartSource {
    private static let timeout = Duration.seconds(10)

    private let source: StatusSource
    private let supervisor: Supervisor
    /// The configuration, and the order of starts, as they were at the beginning.
    let loaded: LoadedPlan
    /// How processes stood at the beginning.
    let processes: [ProcessInformation]
    private let gated: Set<ProcessName>
    /// The pids of processes whose gates have passed: they are not asked about again.
    private var ready: [ProcessName: Int?] = [:]
    private var warned: Set<String> = []
    /// What the user should know, in sentences without a full stop.
    private(set) var warnings: [String] = []

    /// Begins to look.
    ///
    /// - Throws: What ``StatusSource`` throws.
    init(_ source: StatusSource) throws {
        self.source = source
        supervisor = try source.supervisor
        let facts = try source.read()
        loaded = facts.loaded
        processes = facts.processes
        gated = loaded.plan.namesOfProcessesWithGates
    }

    /// Returns how processes stand now.
    ///
    /// - Parameter groups: The groups whose processes are of interest.
    /// - Returns: How they stand.
    /// - Throws: ``SupervisorError``.
    mutating func look(at groups: Set<String>) throws(SupervisorError) -> RestartObservation {
        let processes = try supervisor.allProcessInfoBlocking(within: Self.timeout)
        let running = processes.filter {
            $0.state == .running && groups.contains($0.name.group) && gated.contains($0.name)
        }
        var readiness: [ProcessName: RestartReadiness] = [:]
        let open = running.filter { ready[$0.name] != .some($0.pid) }
        if !open.isEmpty {
            let gates = try source.gates(loaded.plan, processes, supervisor)
            let reading = StatusReading(StatusFacts(loaded: loaded, processes: processes, gates: gates))
            for process in open {
                let answer = answer(process, reading)
                readiness[process.name] = answer
                if answer == .ready {
                    ready[process.name] = .some(process.pid)
                }
            }
        }
        for process in running where readiness[process.name] == nil {
            readiness[process.name] = .ready
        }
        return RestartObservation(processes, readiness)
    }

    /// Removes the warnings.
    mutating func removeWarnings() -> [String] {
        defer { warnings = [] }
        return warnings
    }

    private mutating func answer(_ process: ProcessInformation, _ reading: StatusReading) -> RestartReadiness {
        if let reason = reading.reasonForNoGates(of: process) {
            if warned.insert(reason).inserted {
                warnings.append("gates are not tried, and what is RUNNING counts as ready: \(reason)")
            }
            return .ready
        }
        if let failure = reading.gateFailure(of: process) {
            return .failed(failure)
        }
        return reading.obstacle(of: process).map { .waiting($0) } ?? .ready
    }
}
