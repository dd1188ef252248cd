import Synchronization

/// Reports that supervisord discards events: at once when that begins, and then a sum for each interval, because a buffer that
/// is too small overflows again and again.
final class GapReport: Sendable {
    private struct State {
        /// How many lost events have not been reported.
        var unreported = 0
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

    /// Records a gap.
    ///
    /// - Parameters:
    ///   - count: How many events were lost.
    ///   - pool: The name of the listener's section.
    func add(_ count: Int, pool: String) {
        state.withLock { state in
            let (sum, overflows) = state.unreported.addingReportingOverflow(count)
            state.unreported = overflows ? Int.max : sum
            state.pool = pool
        }
        if !countdown.isRunning {
            reportRest()
        }
    }

    /// Reports what has not been reported yet.
    func reportRest() {
        let (count, pool) = state.withLock { state in
            defer { state.unreported = 0 }
            return (state.unreported, state.pool)
        }
        guard count > 0 else {
            return
        }
        reporter.report(
            .warning,
            "supervisord's event buffer overflowed and \(count) \(count == 1 ? "event was" : "events were") lost; "
                + "increase buffer_size in [eventlistener:\(pool)]"
        )
        countdown.start(until: .now + Self.interval) { [self] in reportRest() }
    }
}
