package import ListenerKit

/// How the gates of all processes stand: the listener's answer to `listenerd status`.
package struct GateReport: Hashable, Sendable {
    /// One process with gates.
    package struct Process: Hashable, Sendable {
        /// The process.
        package let name: ProcessName
        /// Its pid, if it runs and that is known.
        package let pid: Int?
        /// Whether it is up, and all of its gates have passed.
        package let isReady: Bool
        /// Why it counts as failed, because its gates have not passed in time; nil if it does not.
        package let failure: String?
        /// Its own words of its status, by `STATUS=` in a notification; nil if it has sent none.
        package let statusText: String?
        /// Its gates, in the order of the configuration.
        package let gates: [GateStatus]

        /// Describes a process.
        package init(
            name: ProcessName,
            pid: Int?,
            isReady: Bool,
            failure: String?,
            statusText: String?,
            gates: [GateStatus]
        ) {
            self.name = name
            self.pid = pid
            self.isReady = isReady
            self.failure = failure
            self.statusText = statusText
            self.gates = gates
        }
    }

    /// One gate.
    package struct GateStatus: Hashable, Sendable {
        /// The gate, as it is written.
        package let text: String
        /// Whether it has passed since the process was started.
        package let hasPassed: Bool
        /// How often it was tried since then; 0 for a gate that waits for the process to say something.
        package let attempts: Int
        /// Why the last attempt failed; nil if none has.
        package let lastAnswer: String?

        /// Describes a gate.
        package init(text: String, hasPassed: Bool, attempts: Int, lastAnswer: String?) {
            self.text = text
            self.hasPassed = hasPassed
            self.attempts = attempts
            self.lastAnswer = lastAnswer
        }
    }

    /// The processes with gates.
    package let processes: [Process]

    /// Describes the gates of all processes.
    package init(processes: [Process]) {
        self.processes = processes
    }
}
