import ListenerKit

/// Details of a process beyond the event: since when it was up, how it exited, why it did not start.
struct ProcessDetails {
    /// supervisord answers at once, or it is being shut down; a line does not wait longer for what it can do without.
    private static let timeout = Duration.milliseconds(500)
    /// How long supervisord is not asked after a failure, in nanoseconds.
    private static let delayAfterFailure: Int64 = 5_000_000_000

    private typealias Inquiry = @Sendable (ProcessName) async throws(SupervisorError) -> ProcessInformation?

    /// Asks supervisord about a process; nil if its address is not known.
    private let inquire: Inquiry?
    /// Since when processes are up.
    ///
    /// An event tells that only if it comes at once; a snapshot tells it to the second, for the process that it shows.
    private var starts = ProcessMemory<ProcessName, ProcessStart>()
    private var nextAttempt = Timestamp(nanoseconds: 0)

    /// Begins without any knowledge.
    ///
    /// - Parameter supervisor: supervisord; nil if its address is not known.
    init(supervisor: Supervisor?) {
        guard let supervisor else {
            inquire = nil
            return
        }
        inquire = { process throws(SupervisorError) in
            try await supervisor.processInfo(of: process, within: Self.timeout)
        }
    }

    /// Begins without any knowledge, and shares supervisord's answers with the other handlers.
    ///
    /// - Parameter context: What the listener offers.
    init(_ context: Context) {
        guard (try? context.supervisor()) != nil else {
            inquire = nil
            return
        }
        inquire = { process throws(SupervisorError) in
            try await context.processInfo(of: process, within: Self.timeout)
        }
    }

    /// Whether a snapshot is needed, by which processes can be forgotten.
    var isCrowded: Bool { starts.isCrowded }

    /// Learns since when processes have been up, if that was not seen, and forgets those that supervisord does not know.
    mutating func learn(from snapshot: Snapshot) {
        starts.forgetAll(except: Set(snapshot.processes.map { $0.name }))
        for process in snapshot.processes {
            if let start = ProcessStart(process), starts[process.name]?.isOlder(than: start) ?? true {
                starts[process.name] = start
            }
        }
    }

    /// Adds to a record what was seen before.
    mutating func add(to record: inout LogRecord, _ change: ProcessStateEvent) {
        switch change.transition {
        case .starting:
            starts.update(change.process) { start in
                // It may be the start that a snapshot has told already, or an earlier one.
                if start?.isAhead != true {
                    start = ProcessStart(seenAt: change.header.time)
                }
            }
        case .running(let pid), .stopping(let pid), .exited(_, let pid), .stopped(let pid):
            record.uptime = starts.update(change.process) { uptime(of: change, pid, &$0) }
        case .backoff, .fatal, .unknown:
            record.uptime = starts.update(change.process) { start in
                // Without a process id, nothing tells whether it is about the start that a snapshot has told.
                guard let known = start, !known.isAhead else {
                    return nil
                }
                start = nil
                return uptime(of: change, since: known)
            }
        }
    }

    /// Returns whether supervisord knows more about a change than the event says.
    func isWorthAsking(about change: ProcessStateEvent) -> Bool {
        switch change.transition {
        case .exited, .backoff, .fatal:
            inquire != nil && change.header.time.nanoseconds >= nextAttempt.nanoseconds
        case .starting, .running, .stopping, .stopped, .unknown: false
        }
    }

    /// Adds to a record what supervisord knows.
    mutating func ask(for record: inout LogRecord, _ change: ProcessStateEvent) async {
        do throws(SupervisorError) {
            let information = try await inquire?(change.process)
            // A process that has been restarted has no status any more.
            record.exitStatus = change.state == .exited && information?.state == .exited ? information?.exitStatus : nil
            record.spawnError = change.state == .exited ? nil : information?.spawnError
            correct(&record, by: information)
            forget(change.process, unlessIn: information)
        } catch {
            if error.fault == nil {
                nextAttempt = Timestamp(nanoseconds: Timestamp.now.nanoseconds &+ Self.delayAfterFailure)
            }
        }
    }

    /// Limits the uptime that was seen to what supervisord's whole seconds allow, because events may have come late.
    private func correct(_ record: inout LogRecord, by information: ProcessInformation?) {
        guard let uptime = record.uptime, information?.state == .exited || information?.state == .backoff,
            let start = information?.startTime, let stop = information?.stopTime, stop >= start
        else {
            return
        }
        let seconds = stop.seconds(since: start)
        record.uptime = min(max(uptime, seconds - 1), seconds + 1)
    }

    /// Forgets a start that a snapshot has told if the process has exited since, so that later starts are seen again.
    private mutating func forget(_ process: ProcessName, unlessIn information: ProcessInformation?) {
        if let information, let start = starts[process], start.isAhead, start.pid != information.pid {
            starts[process] = nil
        }
    }

}

/// How long a process was up at a change that has a process id, by its start; forgets the start if that is over.
private func uptime(of change: ProcessStateEvent, _ pid: Int, _ start: inout ProcessStart?) -> Double? {
    guard var known = start else {
        return nil
    }
    guard known.isOf(pid) else {
        // Unless events of this start are still to come, it is over, and its exit was missed.
        start = known.isAhead ? known : nil
        return nil
    }
    guard change.state == .running || change.state == .stopping else {
        start = nil
        return uptime(of: change, since: known)
    }
    let isTimely = known.follow(to: change.state, pid)
    start = known
    return isTimely ? uptime(of: change, since: known) : nil
}

private func uptime(of change: ProcessStateEvent, since start: ProcessStart) -> Double {
    max(0, change.header.time.seconds(since: start.time))
}
