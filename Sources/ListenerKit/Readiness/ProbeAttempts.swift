import Synchronization

/// Makes attempts.
final class ProbeAttempts: Sendable {
    private let inbox: ReadinessInbox
    private let thread: PollThread
    private let names: NameLookups
    private let users: CommandUsers
    private let commandTurns = Turns(4)
    private let attempts = Mutex<[Int: any Attempt]>([:])

    /// Prepares for attempts.
    ///
    /// - Parameters:
    ///   - inbox: Gets their outcomes.
    ///   - thread: Makes them.
    init(_ inbox: ReadinessInbox, _ thread: PollThread) {
        self.inbox = inbox
        self.thread = thread
        names = NameLookups(thread)
        users = CommandUsers(inbox)
    }

    /// Begins an attempt; does not block.
    func begin(_ attempt: ProbeAttempt) {
        do throws(SystemError) {
            try thread.start()
        } catch {
            return inbox.add(.finished(attempt: attempt.id, .failed(error.description)))
        }
        let report: AttemptReport = { [self] outcome in
            if attempts.withLock({ $0.removeValue(forKey: attempt.id) }) != nil {
                inbox.add(.finished(attempt: attempt.id, outcome))
            }
        }
        let prepared = prepare(attempt, report)
        attempts.withLock { $0[attempt.id] = prepared }
        thread.perform { prepared.begin() }
    }

    /// Cancels an attempt; its outcome is not reported, unless that happens at this moment.
    func cancel(_ attempt: Int) {
        if let canceled = attempts.withLock({ $0.removeValue(forKey: attempt) }) {
            thread.perform { canceled.cancel() }
        }
    }

    private func prepare(_ attempt: ProbeAttempt, _ report: @escaping AttemptReport) -> any Attempt {
        switch attempt.probe {
        case .file(let path):
            return FileAttempt(path, pid: attempt.pid, report)
        case .command(let command):
            return CommandAttempt(
                command,
                of: attempt.process,
                timeout: attempt.timeout,
                users,
                commandTurns,
                thread,
                report
            )
        case .unix(let path):
            return connection(to: .unix(path: path), attempt, report)
        case .tcp(let host, let port):
            return connection(to: .port(host: host, port: port), attempt, report)
        case .http(let host, let port, let path):
            let request = PageRequest.text(path: path, host: host, port: port)
            return connection(to: .port(host: host, port: port), asking: request, attempt, report)
        }
    }

    private func connection(
        to server: ConnectionAttempt.Server,
        asking request: [UInt8]? = nil,
        _ attempt: ProbeAttempt,
        _ report: @escaping AttemptReport
    ) -> ConnectionAttempt {
        ConnectionAttempt(to: server, asking: request, timeout: attempt.timeout, names, thread, report)
    }
}
