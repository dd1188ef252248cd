import ListenerKit

/// How far the restart of one process has come.
struct TargetProgress {
    /// A phase.
    enum Phase {
        /// Its turn has not come.
        case waiting
        /// supervisord is stopping it, since then; its pid.
        case stopping(ContinuousClock.Instant, pid: Int?)
        /// It was started then; its pid once it was seen RUNNING; what it waits for.
        case starting(ContinuousClock.Instant, pid: Int?, String)
        /// It is up again.
        case done
        /// It was not restarted.
        case failed
    }

    /// Its phase.
    var phase = Phase.waiting
    /// When its turn came.
    var beginning: ContinuousClock.Instant?
    /// How it stood then.
    var previous: ProcessInformation?

    /// Whether it is being stopped or started.
    var isInFlight: Bool {
        switch phase {
        case .stopping, .starting: true
        case .waiting, .done, .failed: false
        }
    }

    /// Whether it is being stopped, and must be started after that.
    var isStopping: Bool {
        if case .stopping = phase { true } else { false }
    }

    /// Whether its turn has not come.
    var isWaiting: Bool {
        if case .waiting = phase { true } else { false }
    }

    /// Whether it is up again.
    var isDone: Bool {
        if case .done = phase { true } else { false }
    }

    /// Whether it was not restarted.
    var hasFailed: Bool {
        if case .failed = phase { true } else { false }
    }
}
