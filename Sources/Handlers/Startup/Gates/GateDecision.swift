import ListenerKit

/// Something that follows from how gates stand.
enum GateDecision: Equatable {
    /// Make an attempt.
    case begin(ProbeAttempt)
    /// Cancel an attempt.
    case cancel(attempt: Int)
    /// All gates of a process have passed, that long after it was started.
    case becameReady(ProcessName, after: Duration)
    /// A process that was ready is so no longer, until its gates have passed again.
    case becameUnready(ProcessName)
    /// The gates of a process have not passed in time, or cannot pass, in words that follow the name and "is".
    case failed(ProcessName, reason: String)
    /// Ask supervisord for the pids of processes.
    case requestSnapshot(after: Duration)
    /// Report something, once.
    case report(Reporter.Level, String)
    /// Answer a question with how the gates stand.
    case answer(question: Int)
}
