import Handlers
import ListenerKit

/// Processes that are up, and have gates.
extension StatusReading {
    /// Returns the status of a process that is STARTING or RUNNING, and has gates.
    func lineOfGated(_ process: ProcessInformation) -> StatusLine {
        let isRunning = process.state == .running
        guard let report = report(of: process) else {
            return StatusLine(
                process,
                isUp: isRunning && isStartupOver,
                isReady: isRunning ? nil : false,
                isRunning ? "ready? \(problem(of: process))" : "",
                waits: [],
                gates: nil
            )
        }
        let isReady = isRunning && report.isReady
        let words = isReady ? "ready" : report.failure ?? obstacle(of: process).map { "not ready: \($0)" }
        return StatusLine(
            process,
            isUp: isReady,
            isReady: isReady,
            [words, report.statusText].compactMap { $0 }.joined(separator: "; "),
            waits: isReady ? [] : report.openGates.map { $0.text },
            gates: report.gates
        )
    }

    /// Returns what keeps a process that is up from being ready; nil if nothing does, or it is not up.
    func obstacle(of process: ProcessInformation) -> String? {
        guard gated.contains(process.name), process.state == .starting || process.state == .running else {
            return nil
        }
        guard let report = report(of: process) else {
            return problem(of: process)
        }
        guard report.openGates.isEmpty else {
            return report.openGates.map { $0.description }.joined(separator: "; ")
        }
        return process.state == .running && !report.isReady ? "the listener has not heard yet that it is RUNNING" : nil
    }

    /// Why nothing finds out whether processes with gates are ready, and nothing will; nil if the listener does.
    func reasonForNoGates(of process: ProcessInformation) -> String? {
        switch starter.flatMap({ self.state(of: $0) }) {
        case .stopped, .exited, .fatal, .unknown, nil: problem(of: process)
        case .starting, .running, .backoff, .stopping: nil
        }
    }

    /// Why a process counts as failed, because its gates have not passed in time; nil if it does not.
    func gateFailure(of process: ProcessInformation) -> String? {
        report(of: process)?.failure
    }

    /// Returns what the listener says of a process; nil if it says nothing, or may speak of one that ran before.
    private func report(of process: ProcessInformation) -> GateReport.Process? {
        guard let report = reports[process.name], let pid = process.pid, report.pid != pid else {
            return reports[process.name]
        }
        // As long as it does not know the pid, it cannot say that this very process is ready, or has failed.
        return report.pid == nil && !report.isReady && report.failure == nil ? report : nil
    }

    /// Whether the listener has ended because everything had started, so that nobody finds out any more how gates stand.
    private var isStartupOver: Bool {
        guard let starter, ListenerCommand.words(of: starter).contains("--\(OrderedStartup.name)-exit") else {
            return false
        }
        let processes = starter.program.processes
        return snapshot.contains { processes.contains($0.name) && $0.state == .exited && $0.exitStatus == 0 }
    }

    /// Returns why it is not known how the gates of a process stand.
    private func problem(of process: ProcessInformation) -> String {
        guard let starter else {
            return "the configuration has no listener with --ordered-startup"
        }
        guard let state = state(of: starter) else {
            return "supervisord does not know the listener \(starter.name)"
        }
        guard state == .running || state == .starting else {
            return "the listener \(starter.name) is \(state.name)"
        }
        switch gates {
        case .unknown(let reason): return "the listener \(starter.name) \(reason ?? "was not asked")"
        case .report:
            let isOld = reports[process.name] != nil
            return "the listener \(starter.name) has not heard yet of its \(isOld ? "last start" : "gates")"
        }
    }
}

extension GateReport.Process {
    /// The gates that have not passed.
    fileprivate var openGates: [GateReport.GateStatus] { gates.filter { !$0.hasPassed } }
}
