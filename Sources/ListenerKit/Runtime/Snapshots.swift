import Synchronization

/// Asks supervisord for the state of all processes whenever events may have been missed, and gives it to the handlers.
final class Snapshots: Sendable {
    private struct State {
        /// Whether there is a task that asks.
        var isAsking = false
        /// The request that came while an answer was still awaited.
        var next: Snapshot.Reason?
    }

    /// The key under which the reporter knows that supervisord does not answer.
    private static let key = "no snapshot"
    private static let firstDelay = Duration.milliseconds(100)
    private static let longestDelay = Duration.seconds(30)
    private static let holdTimeout = Duration.seconds(1)

    private let supervisor: Supervisor
    /// Whether there is a handler of snapshots.
    private let areWanted: Bool
    /// The process of this listener, if supervisord has named it.
    private let ownProcess: ProcessName?
    private let runtime: RuntimeReference
    private let loop: EventLoop
    private let clock: any ListenerClock
    private let reporter: Reporter
    private let state = Mutex(State())

    init(
        of supervisor: Supervisor,
        areWanted: Bool,
        ownProcess: ProcessName?,
        runtime: RuntimeReference,
        loop: EventLoop,
        clock: any ListenerClock,
        reporter: Reporter
    ) {
        self.supervisor = supervisor
        self.areWanted = areWanted
        self.ownProcess = ownProcess
        self.runtime = runtime
        self.loop = loop
        self.clock = clock
        self.reporter = reporter
    }

    /// Asks for the first time; handlers that are to have the answer before any event wait no longer than a second for it.
    func begin() {
        request(.start)
        loop.schedule(at: .now + Self.holdTimeout) { [self] in runtime.listener?.releaseMailboxes() }
    }

    /// Makes sure that the handlers are given a snapshot of a moment after this one.
    ///
    /// - Parameters:
    ///   - reason: Why.
    ///   - delay: How long to wait before supervisord is asked.
    func request(_ reason: Snapshot.Reason, after delay: Duration = .zero) {
        guard delay <= .zero else {
            let timer = clock.makeTimer()
            timer.start(until: clock.now + delay) { [self] in
                request(reason)
                timer.finish()
            }
            return
        }
        let mustStart = state.withLock { state in
            guard areWanted, !state.isAsking else {
                state.next = state.next?.joined(with: reason) ?? reason
                return false
            }
            state.isAsking = true
            return true
        }
        if mustStart {
            Task(executorPreference: loop) { [self] in
                await deliverSnapshots(reason)
            }
        }
    }

    private func deliverSnapshots(_ reason: Snapshot.Reason) async {
        var pending: Snapshot.Reason? = reason
        while let reason = pending {
            guard let snapshot = await ask(reason) else {
                // There is no point in asking again, so this task counts as asking for ever.
                return
            }
            runtime.listener?.deliver(snapshot)
            pending = state.withLock { state in
                state.isAsking = state.next != nil
                return state.next.take()
            }
        }
    }

    /// Asks until supervisord answers, ever more slowly; handlers that wait for the first snapshot wait no longer than for the
    /// first attempt.
    ///
    /// - Returns: The snapshot; nil if supervisord answers in such a way that there is no point in asking again.
    private func ask(_ reason: Snapshot.Reason) async -> Snapshot? {
        var delay = Self.firstDelay
        while true {
            let time = clock.now
            do {
                var processes = try await supervisor.allProcessInfo()
                if let index = processes.firstIndex(where: { $0.name == ownProcess }) {
                    processes[index].isThisListener = true
                }
                if reporter.clear(key: Self.key) {
                    reporter.report(.info, "supervisord answers again")
                }
                return Snapshot(processes: processes, reason: reason, time: time)
            } catch {
                runtime.listener?.releaseMailboxes()
                if error.isForGood {
                    runtime.listener?.acceptRefusal(error)
                    return nil
                }
                report(error)
                await loop.sleep(until: .now + delay)
                delay = min(delay * 2, Self.longestDelay)
            }
        }
    }

    private func report(_ error: SupervisorError) {
        // supervisord refuses every call while it stops; that is no news.
        if !error.isShutdown {
            reporter.reportOnce(.warning, "\(error); retrying", key: Self.key)
        }
    }
}

extension Snapshot.Reason {
    /// Returns the reason for one snapshot in the place of two: a gap matters more than that a handler has asked.
    func joined(with later: Self) -> Self {
        switch (self, later) {
        case (.lostEvents(let count), .lostEvents(let more)): .lostEvents(count: count &+ more)
        case (.lostEvents, .request): self
        default: later
        }
    }
}
