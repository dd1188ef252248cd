import Handlers
import ListenerKit

@testable import listenerd

extension StatusFacts {
    /// Describes how processes stand, by their names.
    ///
    /// - Parameters:
    ///   - configuration: supervisord's configuration.
    ///   - processes: The states of processes, each with a pid if it runs, and since 100 seconds.
    ///   - gates: How gates stand.
    /// - Throws: ``ConfigurationError``.
    init(_ configuration: String, _ processes: [(String, ProcessState)], _ gates: GateAnswer) throws {
        let inputs = ConfigurationInputs.globbing(["s.conf": configuration])
        let loaded = LoadedPlan(try SupervisorConfiguration(path: "s.conf", inputs))
        self.init(
            loaded: loaded,
            processes: processes.enumerated().compactMap { index, process in
                ProcessName(process.0).map { name in
                    ProcessInformation(
                        name: name,
                        state: process.1,
                        startTime: process.1 == .stopped ? nil : Timestamp(seconds: 1_795_000_000),
                        now: Timestamp(seconds: 1_795_000_100),
                        pid: [.running, .starting].contains(process.1) ? 100 + index : nil
                    )
                }
            },
            gates: gates
        )
    }
}

extension GateReport {
    /// Describes one process with gates.
    init(
        _ name: String,
        pid: Int? = nil,
        isReady: Bool = false,
        failure: String? = nil,
        says statusText: String? = nil,
        _ gates: GateStatus...
    ) {
        self.init(
            processes: [
                Process(
                    name: ProcessName(group: name, process: name),
                    pid: pid,
                    isReady: isReady,
                    failure: failure,
                    statusText: statusText,
                    gates: gates
                )
            ]
        )
    }
}
