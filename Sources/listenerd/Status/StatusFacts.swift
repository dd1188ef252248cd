import Handlers
import ListenerKit

/// All that is known of how processes stand.
struct StatusFacts {
    /// supervisord's configuration, and the order of starts.
    let loaded: LoadedPlan
    /// The processes that supervisord knows, in its order.
    let processes: [ProcessInformation]
    /// How gates stand.
    let gates: GateAnswer

    /// The same without what changes all the time: how long a process has been in its state, and how often gates were tried.
    var withoutCounts: StatusFacts {
        let processes = processes.map { process in
            var process = process
            process.now = nil
            return process
        }
        return StatusFacts(loaded: loaded, processes: processes, gates: gates.withoutAttempts)
    }
}
