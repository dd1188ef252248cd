import Synchronization

/// What one handler can ask of its listener.
final class HandlerLink: HandlerRuntime {
    private let clock: any ListenerClock
    private let alarm: any AlarmTimer
    private let mailbox: Mailbox
    private let snapshots: Snapshots?
    private let stopNudges: StopNudges?
    private let processEnds: ProcessEnds?
    private let endListener: @Sendable () -> Void
    private let failListener: @Sendable (UsageError) -> Void
    /// Whether the alarm has gone off, and the handler has neither been told nor set it anew.
    private let isAlarmDue = Mutex(false)

    init(
        clock: any ListenerClock,
        mailbox: Mailbox,
        snapshots: Snapshots?,
        stopNudges: StopNudges?,
        processEnds: ProcessEnds?,
        endListener: @escaping @Sendable () -> Void,
        failListener: @escaping @Sendable (UsageError) -> Void
    ) {
        self.clock = clock
        alarm = clock.makeTimer()
        self.mailbox = mailbox
        self.snapshots = snapshots
        self.stopNudges = stopNudges
        self.processEnds = processEnds
        self.endListener = endListener
        self.failListener = failListener
    }

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        alarm.stop()
        isAlarmDue.withLock { $0 = false }
        guard let deadline else {
            return
        }
        alarm.start(until: deadline) { [self] in
            isAlarmDue.withLock { $0 = true }
            mailbox.put(Delivery(.alarm(AlarmEvent(time: clock.now))))
        }
    }

    var now: ContinuousClock.Instant { clock.now }

    func requestSnapshot(after delay: Duration) {
        snapshots?.request(.request, after: delay)
    }

    func nudgeWhileStopping() {
        stopNudges?.begin()
    }

    func end() {
        endListener()
    }

    func sharedProcessInfo(
        of process: ProcessName,
        within timeout: Duration
    ) async throws(SupervisorError) -> ProcessInformation? {
        try await processEnds?.information(of: process, within: timeout)
    }

    func askAboutLatestEnd(within timeout: Duration) async {
        await processEnds?.waitForAnswer(within: timeout)
    }

    func fail(_ error: UsageError) {
        failListener(error)
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
