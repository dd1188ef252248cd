import Synchronization

/// Reports that a handler is late, and that it has caught up: the first time at once, and later times as a sum for each
/// interval, because a handler that is a little too slow is late again and again.
final class LateReport: Sendable {
    private static let interval = Duration.seconds(60)

    private let reporter: Reporter
    private let flag: String
    private let countdown: Countdown
    private let record = Mutex(LateRecord())

    /// Prepares the report on a handler.
    ///
    /// - Parameters:
    ///   - handler: The name of the handler.
    ///   - reporter: Where messages go.
    ///   - loop: Calls at the end of an interval.
    init(on handler: String, _ reporter: Reporter, _ loop: EventLoop) {
        self.reporter = reporter
        flag = "--\(handler)"
        countdown = Countdown(on: loop)
    }

    /// Records that the handler is late.
    ///
    /// - Parameter event: The event that is acknowledged without it.
    func begin(with event: Event) {
        if record.withLock({ $0.begin(with: event, at: .now) }) {
            reporter.report(
                .warning,
                "\(flag) is late: it has been handling \(event.lateName), and has held up events for longer than --acknowledge-within allows; "
                    + "no event waits for it until it has caught up"
            )
            startInterval()
        }
    }

    /// Records that the handler has caught up.
    func end() {
        if let duration = record.withLock({ $0.end(at: .now) }) {
            reporter.report(.info, "\(flag) has caught up; it was late for \(duration.inSeconds) s")
        }
    }

    private func startInterval() {
        countdown.start(until: .now + Self.interval) { [self] in
            guard let sum = record.withLock({ $0.endInterval() }) else {
                return
            }
            let times = sum.count == 1 ? "once more" : "\(sum.count) more times"
            let present = sum.event.map { "; it has been handling \($0.lateName)" } ?? ""
            let interval = Self.interval.components.seconds
            reporter.report(.warning, "\(flag) was late \(times) within \(interval) s\(present)")
            startInterval()
        }
    }
}

extension Event {
    /// The event's name, process and serial, as they stand in logs, and when it came.
    var lateName: String {
        let process = process.map { " of \($0)" } ?? ""
        let number = header.serial == EventHeader.unnumbered ? "" : " (serial \(header.serial))"
        return "\(header.name)\(process)\(number) since \(header.time)"
    }

    /// The process that the event is about; `nil` if it is about none.
    private var process: ProcessName? {
        switch self {
        case .processState(let event): event.process
        case .processLog(let event): event.process
        case .processCommunication(let event): event.process
        case .remoteCommunication, .supervisorState, .tick, .processGroup, .other: nil
        }
    }
}
