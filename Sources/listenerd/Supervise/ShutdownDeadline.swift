import ListenerKit

/// The deadline for supervisord to exit once it was told to shut down.
struct ShutdownDeadline {
    /// When to report that the shutdown takes long: after the time that supervisord gives a program by default.
    private static let reminderDelay = Duration.seconds(10)
    /// How long to wait after SIGKILL, which does not end a process that waits for a broken device.
    private static let killTimeout = Duration.seconds(10)

    /// Whether the deadline has passed, so that supervisord was killed.
    private(set) var hasPassed = false

    private let signal: Signal
    private let timeout: Duration
    private var deadline: ContinuousClock.Instant
    private var reminder: ContinuousClock.Instant?

    /// Sets the deadline.
    ///
    /// - Parameters:
    ///   - signal: The signal that shuts down supervisord.
    ///   - start: When the attempt to send it began.
    ///   - timeout: How long the shutdown may take.
    init(after signal: Signal, at start: ContinuousClock.Instant, timeout: Duration) {
        self.signal = signal
        self.timeout = timeout
        deadline = start + timeout
        reminder = start + Self.reminderDelay
    }

    /// When to call ``enforce(on:_:)`` next, at the latest.
    var next: ContinuousClock.Instant { min(reminder ?? deadline, deadline) }

    /// Reports a shutdown that takes long, and kills supervisord past the deadline; this process inherits its programs then.
    ///
    /// - Parameters:
    ///   - supervisord: The process.
    ///   - reporter: Writes the messages.
    /// - Returns: Whether to stop waiting: supervisord was killed, and has not ended.
    mutating func enforce(on supervisord: ChildProcess, _ reporter: Reporter) -> Bool {
        if deadline <= .now {
            guard !hasPassed else {
                return true
            }
            hasPassed = true
            reminder = nil
            deadline = .now + Self.killTimeout
            reporter.report(.error, overdueMessage(SupervisedProcess.list(SupervisedProcess.all(of: supervisord))))
            supervisord.send(.kill)
        }
        if let time = reminder, time <= .now {
            reminder = nil
            reporter.report(.warning, reminderMessage(SupervisedProcess.list(SupervisedProcess.all(of: supervisord))))
        }
        return false
    }

    private func reminderMessage(_ names: String) -> String {
        let running = names.isEmpty ? "" : "; still running: \(names)"
        let left = max(0, ContinuousClock.now.duration(to: deadline).components.seconds)
        return """
            supervisord is still shutting down \(Self.reminderDelay.components.seconds) s after \(signal)\(running); it kills \
            each program after its stopwaitsecs, and supervise kills what is left in \(left) s
            """
    }

    private func overdueMessage(_ names: String) -> String {
        """
        supervisord did not exit within \(timeout.components.seconds) s of \(signal), \
        \(StopBudget.grace.components.seconds) s more than the stopwaitsecs of its programs add up to; killing it\
        \(names.isEmpty ? "" : " and what it still runs: \(names)")
        """
    }
}
