public import ListenerKit

// Whether programs are ready, as `--ordered-startup` finds it out by the gates of `ready=`: nothing is connected to, read or run.
//
// A listener learns of each change after the events and alarms that were before it, and before those that come after it;
// ``SupervisedListener/waitForAcknowledgements()`` waits for that too. A listener that is a program of its own learns nothing of it.
extension FakeSupervisor {
    /// Passes all gates of a process, whatever they are, until it is started again.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: `BAD_NAME` if there is no such process.
    public func setReady(_ name: String) throws(Fault) {
        try tell(name) { .declared($0.name, isReady: true) }
    }

    /// Shuts all gates of a process again.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: `BAD_NAME` if there is no such process.
    public func setUnready(_ name: String) throws(Fault) {
        try tell(name) { .declared($0.name, isReady: false) }
    }

    /// Lets a process send text to `$NOTIFY_SOCKET`, as sd_notify(3) does.
    ///
    /// - Parameters:
    ///   - text: Its assignments, one a line: `READY=1`.
    ///   - name: Its name: `web`, or `group:web`.
    /// - Throws: `BAD_NAME` or `NOT_RUNNING` if there is no such process.
    public func notify(_ text: String, from name: String) throws(Fault) {
        let assignments = text.split(separator: "\n").map { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return ReceivedNotification.Assignment(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        try tell(name) { process throws(Fault) in
            guard process.isAlive else {
                throw Fault(.notRunning, name)
            }
            return .notified(ReceivedNotification(senders: [process.pid], assignments: assignments))
        }
    }

    /// Opens a gate from now on: it passes when it is tried next.
    ///
    /// Any other gate is shut, and the answer of an attempt is `connection refused`.
    ///
    /// - Parameter gate: The gate as `ready=` has it, with its port: `tcp://127.0.0.1:5432`, `exec:pg_isready -q`.
    public func openGate(_ gate: String) {
        core.change { $0.gates.open(gate) }
    }

    /// Shuts a gate from now on.
    ///
    /// - Parameters:
    ///   - gate: The gate as `ready=` has it, with its port.
    ///   - answer: Why it is shut, as users read it: `HTTP 503`.
    public func shutGate(_ gate: String, answer: String = "connection refused") {
        core.change { $0.gates.shut(gate, answer) }
    }

    /// Returns how often a gate was tried.
    ///
    /// - Parameter gate: The gate as `ready=` has it, with its port.
    /// - Returns: The number of attempts of all listeners.
    public func attempts(at gate: String) -> Int {
        core.model.withLock { $0.gates.attempts(at: gate) }
    }

    private func tell(_ name: String, _ news: (FakeProcess) throws(Fault) -> ReadinessNews) throws(Fault) {
        try core.change { model throws(Fault) in
            model.tell(try news(model.processes[try model.index(of: name)]))
        }
    }
}
