import Synchronization

/// Says that supervisord discards events: at once when it begins, and after that in sums, because a buffer that is too small
/// overflows again and again.
final class LossReport: Sendable {
    private struct State {
        /// Events that were lost and have not been mentioned.
        var unsaid = 0
        var pool = ""
    }

    private static let interval = Duration.seconds(60)

    private let reporter: Reporter
    private let countdown: Countdown
    private let state = Mutex(State())

    init(_ reporter: Reporter, on loop: EventLoop) {
        self.reporter = reporter
        countdown = Countdown(on: loop)
    }

    /// Takes note of a loss.
    ///
    /// - Parameters:
    ///   - count: How many events were lost.
    ///   - pool: The name of the listener's section.
    func add(_ count: Int, pool: String) {
        state.withLock { state in
            let (sum, overflows) = state.unsaid.addingReportingOverflow(count)
            state.unsaid = overflows ? Int.max : sum
            state.pool = pool
        }
        if !countdown.isRunning {
            sayRest()
        }
    }

    /// Says what has not been said yet.
    func sayRest() {
        let (count, pool) = state.withLock { state in
            defer { state.unsaid = 0 }
            return (state.unsaid, state.pool)
        }
        guard count > 0 else {
            return
        }
        reporter.report(
            .warning,
            "supervisord's event buffer overflowed and \(count) \(count == 1 ? "event was" : "events were") lost; "
                + "increase buffer_size in [eventlistener:\(pool)]"
        )
        countdown.start(until: .now + Self.interval) { [self] in sayRest() }
    }
}
