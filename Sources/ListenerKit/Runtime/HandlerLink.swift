import Synchronization

/// What one handler can ask of its listener.
final class HandlerLink: HandlerRuntime {
    private let alarm: Countdown
    private let mailbox: Mailbox
    private let snapshots: Snapshots?
    private let stopNudges: StopNudges?
    let processEnds: ProcessEnds?
    private let endListener: @Sendable () -> Void
    /// Whether the alarm has gone off, and the handler has neither been told nor set it anew.
    private let isAlarmDue = Mutex(false)

    init(
        loop: EventLoop,
        mailbox: Mailbox,
        snapshots: Snapshots?,
        stopNudges: StopNudges?,
        processEnds: ProcessEnds?,
        endListener: @escaping @Sendable () -> Void
    ) {
        alarm = Countdown(on: loop)
        self.mailbox = mailbox
        self.snapshots = snapshots
        self.stopNudges = stopNudges
        self.processEnds = processEnds
        self.endListener = endListener
    }

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        alarm.stop()
        isAlarmDue.withLock { $0 = false }
        guard let deadline else {
            return
        }
        alarm.start(until: deadline) { [self] in
            isAlarmDue.withLock { $0 = true }
            mailbox.put(Delivery(.alarm(AlarmEvent(time: .now))))
        }
    }

    func deliverFinishedWork() {
        mailbox.put(Delivery(.finishedWork))
    }

    func requestSnapshot(after delay: Duration) {
        snapshots?.request(.request, after: delay)
    }

    func nudgeWhileStopping() {
        stopNudges?.begin()
    }

    func end() {
        endListener()
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
}
