import Synchronization

/// Asks supervisord how all processes stand whenever events may have been missed, and tells the handlers.
final class Snapshots: Sendable {
    private struct State {
        var isAtWork = false
        /// What was asked for while an answer was still awaited.
        var next: Snapshot.Reason?
        var whenRefused: (@Sendable (SupervisorError) -> Void)?
    }

    /// What the reporter calls a supervisord that does not answer.
    private static let cause = "no snapshot"
    private static let firstDelay = Duration.milliseconds(100)
    private static let longestDelay = Duration.seconds(30)
    private static let longestHold = Duration.seconds(1)

    private let supervisor: Supervisor
    private let subscribers: [Subscriber]
    /// The process of this listener, if supervisord has named it.
    private let ownProcess: ProcessName?
    private let loop: EventLoop
    private let clock: any ListenerClock
    private let reporter: Reporter
    private let state = Mutex(State())

    init(
        supervisor: Supervisor,
        subscribers: [Subscriber],
        ownProcess: ProcessName?,
        loop: EventLoop,
        clock: any ListenerClock,
        reporter: Reporter
    ) {
        self.supervisor = supervisor
        self.subscribers = subscribers.filter { $0.categories.contains(.snapshot) }
        self.ownProcess = ownProcess
        self.loop = loop
        self.clock = clock
        self.reporter = reporter
    }

    /// Asks for the first time; handlers that are to have the answer before any event wait no longer than a second for it.
    ///
    /// - Parameter whenRefused: Called once, if supervisord answers in such a way that there is no point in asking again.
    func begin(whenRefused: @escaping @Sendable (SupervisorError) -> Void) {
        state.withLock { $0.whenRefused = whenRefused }
        request(.start)
        loop.schedule(at: .now + Self.longestHold) { [self] in release() }
    }

    /// Sees to it that the handlers are told how things stand at a moment after this one.
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
            guard !subscribers.isEmpty, !state.isAtWork else {
                state.next = state.next?.joined(with: reason) ?? reason
                return false
            }
            state.isAtWork = true
            return true
        }
        if mustStart {
            Task(executorPreference: loop) { [self] in
                await work(reason)
            }
        }
    }

    private func work(_ reason: Snapshot.Reason) async {
        var pending: Snapshot.Reason? = reason
        while let reason = pending {
            guard let snapshot = await ask(reason) else {
                // Nobody asks any more: this one stays at work.
                return
            }
            deliver(snapshot)
            pending = state.withLock { state in
                state.isAtWork = state.next != nil
                return state.next.take()
            }
        }
    }

    /// Asks until supervisord answers, ever more slowly; handlers that wait for the first answer wait no longer than for
    /// the first attempt.
    ///
    /// - Returns: How all processes stand; nil if supervisord does not answer such questions.
    private func ask(_ reason: Snapshot.Reason) async -> Snapshot? {
        var delay = Self.firstDelay
        while true {
            let time = clock.now
            do {
                var processes = try await supervisor.allProcessInfo()
                if let index = processes.firstIndex(where: { $0.name == ownProcess }) {
                    processes[index].isThisListener = true
                }
                if reporter.clear(key: Self.cause) {
                    reporter.report(.info, "supervisord answers again")
                }
                return Snapshot(processes: processes, reason: reason, time: time)
            } catch {
                release()
                if error.isForGood {
                    state.withLock { $0.whenRefused.take() }?(error)
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
            reporter.reportOnce(.warning, "\(error); retrying", key: Self.cause)
        }
    }

    private func deliver(_ snapshot: Snapshot) {
        let delivery = Delivery(.snapshot(snapshot))
        for subscriber in subscribers {
            if subscriber.mailbox.isHeld {
                subscriber.mailbox.release(with: delivery)
            } else {
                subscriber.mailbox.put(delivery)
            }
        }
    }

    private func release() {
        for subscriber in subscribers {
            subscriber.mailbox.release()
        }
    }
}

extension Snapshot.Reason {
    /// The reason for one snapshot in the place of two: a loss matters more than that somebody has asked.
    func joined(with later: Self) -> Self {
        switch (self, later) {
        case (.lostEvents(let count), .lostEvents(let more)): .lostEvents(count: count &+ more)
        case (.lostEvents, .request): self
        default: later
        }
    }
}
