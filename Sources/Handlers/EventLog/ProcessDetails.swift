import ListenerKit

/// What the log says about a process beyond the event: since when it was up, how it ended, why it did not start.
struct ProcessDetails {
    /// supervisord answers at once, or it is stopping; a line does not wait longer than this for what it can do without.
    private static let patience = Duration.milliseconds(500)
    /// After a failure supervisord is not asked for so long, in nanoseconds.
    private static let pause: Int64 = 5_000_000_000

    private let supervisor: Supervisor?
    /// Since when processes are up.
    ///
    /// An event tells that only where it comes at once, and supervisord keeps events back until the listener has been up
    /// for its own `startsecs`; what a snapshot tells is exact to the second.
    private var startTimes: [ProcessName: Timestamp] = [:]
    /// Processes whose start a snapshot has told, and of which no event has come since.
    private var known: Set<ProcessName> = []
    private var nextAttempt = Timestamp(nanoseconds: 0)

    /// Begins without any knowledge.
    ///
    /// - Parameter supervisor: Whom to ask; `nil` where there is nobody.
    init(supervisor: Supervisor?) {
        self.supervisor = supervisor
    }

    /// Learns since when processes have been up, where that was not seen.
    mutating func learn(from snapshot: Snapshot) {
        for process in snapshot.processes where [.starting, .running, .stopping].contains(process.state) {
            guard let seconds = process.startTime else {
                continue
            }
            let start = Timestamp(nanoseconds: Int64(seconds) &* 1_000_000_000)
            if startTimes[process.name].map({ start.seconds(since: $0) > 1 }) ?? true {
                startTimes[process.name] = start
                known.insert(process.name)
            }
        }
    }

    /// Completes a record by what was seen before.
    mutating func add(to record: inout LogRecord, _ change: ProcessStateEvent) {
        let isKnown = known.remove(change.process) != nil
        switch change.transition {
        case .starting where isKnown: break
        case .starting: startTimes[change.process] = change.header.time
        case .running, .stopping: record.uptime = uptime(of: change)
        case .exited, .stopped, .backoff, .fatal, .unknown:
            record.uptime = uptime(of: change)
            startTimes[change.process] = nil
        }
    }

    /// Whether supervisord knows more about a change than the event says.
    func isWorthAsking(about change: ProcessStateEvent) -> Bool {
        supervisor != nil && [.exited, .backoff, .fatal].contains(change.state)
            && change.header.time.nanoseconds >= nextAttempt.nanoseconds
    }

    /// Completes a record by what supervisord knows.
    mutating func ask(for record: inout LogRecord, _ change: ProcessStateEvent) async {
        do throws(SupervisorError) {
            let information = try await supervisor?.processInfo(of: change.process, within: Self.patience)
            // A process that has been started again has no status any more.
            record.exitStatus = change.state == .exited && information?.state == .exited ? information?.exitStatus : nil
            record.spawnError = change.state == .exited ? nil : information?.spawnError
            correct(&record, by: information)
        } catch {
            if error.fault == nil {
                nextAttempt = Timestamp(nanoseconds: Timestamp.now.nanoseconds &+ Self.pause)
            }
        }
    }

    /// Keeps what was seen within what supervisord's whole seconds allow, because events may have come late.
    private func correct(_ record: inout LogRecord, by information: ProcessInformation?) {
        guard let uptime = record.uptime, information?.state == .exited || information?.state == .backoff,
            let start = information?.startTime, let stop = information?.stopTime, stop >= start
        else {
            return
        }
        let seconds = Double(stop - start)
        record.uptime = min(max(uptime, seconds - 1), seconds + 1)
    }

    private func uptime(of change: ProcessStateEvent) -> Double? {
        startTimes[change.process].map { max(0, change.header.time.seconds(since: $0)) }
    }
}
