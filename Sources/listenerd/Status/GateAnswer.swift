import Handlers

/// How the gates of the configuration stand, as far as that is known.
enum GateAnswer {
    /// As the listener says.
    case report(GateReport)
    /// That is not known, for that reason, in words that follow the name of the listener; nil if it was not asked.
    case unknown(String?)

    /// The report; nil if there is none.
    var report: GateReport? {
        if case .report(let report) = self { report } else { nil }
    }

    /// The same without how often anything was tried.
    var withoutAttempts: GateAnswer {
        guard case .report(let report) = self else {
            return self
        }
        return .report(
            GateReport(
                processes: report.processes.map { process in
                    GateReport.Process(
                        name: process.name,
                        pid: process.pid,
                        isReady: process.isReady,
                        failure: process.failure,
                        statusText: process.statusText,
                        gates: process.gates.map {
                            .init(text: $0.text, hasPassed: $0.hasPassed, attempts: 0, lastAnswer: $0.lastAnswer)
                        }
                    )
                }
            )
        )
    }
}
