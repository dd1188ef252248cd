import Synchronization

/// What one handler can ask of its listener.
final class HandlerLink: HandlerRuntime {
    private let index: Int
    private let runtime: RuntimeReference
    private let clock: any ListenerClock
    private let alarm: any AlarmTimer
    /// Whether the alarm has gone off, and the handler has neither been told nor set it anew.
    private let isAlarmDue = Mutex(false)

    /// Connects a handler with its listener.
    ///
    /// - Parameters:
    ///   - index: The handler's index.
    ///   - runtime: The listener.
    ///   - clock: The clock that alarms go by.
    init(_ index: Int, _ runtime: RuntimeReference, _ clock: any ListenerClock) {
        self.index = index
        self.runtime = runtime
        self.clock = clock
        alarm = clock.makeTimer()
    }

    var now: ContinuousClock.Instant { clock.now }

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        alarm.stop()
        isAlarmDue.withLock { $0 = false }
        guard let deadline else {
            return
        }
        alarm.start(until: deadline) { [self] in
            isAlarmDue.withLock { $0 = true }
            runtime.listener?.deliver(Delivery(.alarm(AlarmEvent(time: clock.now))), toHandler: index)
        }
    }

    func deliverFinishedWork() {
        runtime.listener?.deliver(Delivery(.finishedWork), toHandler: index)
    }

    func requestSnapshot(after delay: Duration) {
        runtime.listener?.snapshots?.request(.request, after: delay)
    }

    func nudgeWhileStopping() {
        runtime.listener?.stopNudges?.begin()
    }

    func end() {
        _ = runtime.listener?.shutDown(with: .success)
    }

    func fail(_ error: UsageError) {
        runtime.listener?.fail(error)
    }

    func sharedProcessInfo(
        of process: ProcessName,
        within timeout: Duration
    ) async throws(SupervisorError) -> ProcessInformation? {
        try await runtime.listener?.processEnds?.information(of: process, within: timeout)
    }

    func askAboutLatestEnd(within timeout: Duration) async {
        await runtime.listener?.processEnds?.waitForAnswer(within: timeout)
    }

    /// Whether the handler still wants something that was in its mailbox: an alarm may have been set anew since.
    func wants(_ content: Delivery.Content) -> Bool {
        guard case .alarm = content else {
            return true
        }
        return isAlarmDue.withLock { isDue in
            defer { isDue = false }
            return isDue
        }
    }

    /// Records that the handler has handled something.
    func finish(_ content: Delivery.Content) {
        if case .alarm = content {
            alarm.finish()
        }
    }
}
