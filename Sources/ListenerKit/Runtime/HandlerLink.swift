import Synchronization

/// What one handler can ask of its listener.
final class HandlerLink: HandlerRuntime {
    private let index: Int
    private let runtime: RuntimeReference
    private let alarm: Countdown
    /// Whether the alarm has gone off, and the handler has neither been told nor set it anew.
    private let isAlarmDue = Mutex(false)

    /// Connects a handler with its listener.
    ///
    /// - Parameters:
    ///   - index: The handler's index.
    ///   - runtime: The listener.
    ///   - loop: Its loop.
    init(_ index: Int, _ runtime: RuntimeReference, _ loop: EventLoop) {
        self.index = index
        self.runtime = runtime
        alarm = Countdown(on: loop)
    }

    var processEnds: ProcessEnds? { runtime.listener?.processEnds }

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        alarm.stop()
        isAlarmDue.withLock { $0 = false }
        guard let deadline else {
            return
        }
        alarm.start(until: MonotonicTime(deadline)) { [self] in
            isAlarmDue.withLock { $0 = true }
            runtime.listener?.deliver(Delivery(.alarm(AlarmEvent(time: .now))), toHandler: index)
        }
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
