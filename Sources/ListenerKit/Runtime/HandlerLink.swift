import Synchronization

/// Connects one handler with its listener.
final class HandlerLink: HandlerRuntime {
    private struct AlarmState {
        /// Whether the alarm has gone off, and the handler has neither been told nor set it anew.
        var isDue = false
        /// Tells the present alarm from one that was set anew while it was about to go off on another thread.
        var generation = 0
    }

    private let index: Int
    private let runtime: RuntimeReference
    private let clock: any ListenerClock
    private let makeSource: ReadinessSourceFactory
    private let alarm: any AlarmTimer
    private let alarmState = Mutex(AlarmState())
    /// Held while the alarm is set, so that of two threads the later one wins.
    private let setting = Mutex(())

    /// Connects a handler with its listener.
    ///
    /// - Parameters:
    ///   - index: The handler's index.
    ///   - runtime: The listener.
    ///   - clock: The clock that alarms go by.
    ///   - makeSource: Makes the handler's source of readiness.
    init(
        _ index: Int,
        _ runtime: RuntimeReference,
        _ clock: any ListenerClock,
        _ makeSource: @escaping ReadinessSourceFactory = systemReadiness
    ) {
        self.index = index
        self.runtime = runtime
        self.clock = clock
        self.makeSource = makeSource
        alarm = clock.makeTimer()
    }

    var now: ContinuousClock.Instant { clock.now }

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        setting.withLock { _ in
            alarm.stop()
            let generation = alarmState.withLock { state in
                state.isDue = false
                state.generation += 1
                return state.generation
            }
            if let deadline {
                alarm.start(until: deadline) { [self] in goOff(generation) }
            }
        }
    }

    private func goOff(_ generation: Int) {
        let isPresent = alarmState.withLock { state in
            guard state.generation == generation else {
                return false
            }
            state.isDue = true
            return true
        }
        if isPresent {
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

    func makeReadinessSource(
        whenNews: @escaping @Sendable () -> Void
    ) throws(SystemError) -> any ReadinessSource {
        try makeSource(whenNews)
    }

    /// Whether the handler still wants something that was in its mailbox: an alarm may have been set anew since.
    func wants(_ content: Delivery.Content) -> Bool {
        guard case .alarm = content else {
            return true
        }
        return alarmState.withLock { state in
            defer { state.isDue = false }
            return state.isDue
        }
    }

    /// Records that the handler has handled something.
    func finish(_ content: Delivery.Content) {
        if case .alarm = content {
            alarm.finish()
        }
    }
}
