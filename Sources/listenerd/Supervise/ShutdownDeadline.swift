import ListenerKit

/// The time that supervisord has to end once it was told to, and what follows if it takes longer.
struct ShutdownDeadline {
    /// As long as supervisord gives a program to stop, by default; what takes longer is worth a word.
    private static let reminderDelay = Duration.seconds(10)
    /// Not even SIGKILL ends a process that waits for a broken device.
    private static let killTimeout = Duration.seconds(10)

    /// Whether the time is up, so that supervisord was killed.
    private(set) var hasPassed = false

    private let order: Signal
    private let timeout: Duration
    private var deadline: ContinuousClock.Instant
    private var reminder: ContinuousClock.Instant?

    /// Starts to count.
    ///
    /// - Parameters:
    ///   - order: What supervisord is told.
    ///   - start: When that began to be passed on.
    ///   - timeout: How long it may take.
    init(after order: Signal, at start: ContinuousClock.Instant, timeout: Duration) {
        self.order = order
        self.timeout = timeout
        deadline = start + timeout
        reminder = start + Self.reminderDelay
    }

    /// When ``enforce(on:_:)`` has something to do, at the latest.
    var nextLook: ContinuousClock.Instant { min(reminder ?? deadline, deadline) }

    /// Says what takes long, and kills supervisord when its time is up; its programs are children of this process then.
    ///
    /// - Parameters:
    ///   - supervisord: The supervisord.
    ///   - reporter: Says it.
    /// - Returns: Whether there is no point in waiting any longer.
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
            supervisord is still shutting down \(Self.reminderDelay.components.seconds) s after \(order)\(running); it kills \
            each program after its stopwaitsecs, and supervise kills what is left in \(left) s
            """
    }

    private func overdueMessage(_ names: String) -> String {
        """
        supervisord did not exit within \(timeout.components.seconds) s of \(order), \
        \(StopBudget.grace.components.seconds) s more than the stopwaitsecs of its programs add up to; killing it\
        \(names.isEmpty ? "" : " and what it still runs: \(names)")
        """
    }
}
