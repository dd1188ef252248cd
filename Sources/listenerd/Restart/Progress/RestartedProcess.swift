import ListenerKit

/// A process that was restarted.
struct RestartedProcess: Hashable {
    /// The process.
    let name: ProcessName
    /// How it stood before.
    let previousState: ProcessState
    /// Its pid before; nil if it did not run.
    let previousPID: Int?
    /// Its pid now; nil if it does not run any more.
    let pid: Int?
    /// Whether it has exited as expected since.
    let hasCompleted: Bool
    /// How long it took.
    let duration: Duration

    /// It in a sentence: `web:web_0 restarted in 1.2 s (pid 12 → 34)`.
    var sentence: String {
        let verb = previousPID == nil ? "started" : "restarted"
        let end = hasCompleted ? " and completed" : ""
        let pids = [previousPID, pid].compactMap { $0.map { String($0) } }.joined(separator: " → ")
        let before = previousPID == nil ? "was \(previousState.name)" : ""
        let details = [pids.isEmpty ? "" : "pid \(pids)", before].filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(name) \(verb)\(end) in \(duration.inSeconds) s" + (details.isEmpty ? "" : " (\(details))")
    }
}
