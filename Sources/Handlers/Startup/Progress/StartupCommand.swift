import ListenerKit

/// A command of the reducer, which the handler carries out.
enum StartupCommand: Equatable, Sendable {
    /// Have supervisord start a process.
    case start(ProcessName)
    /// Nudge supervisord, so that it looks at its processes.
    case nudge
    /// Ask for a snapshot.
    case requestSnapshot(after: Duration)
    /// Set the alarm, or take it back.
    case setAlarm(at: ContinuousClock.Instant?)
    /// Report something, unless supervisord is being shut down: that is the cause then, and no news.
    case report(Reporter.Level, String)
    /// Report why a process reaches nothing more, with what supervisord knows of it, and what follows; unless supervisord is
    /// being shut down.
    case reportFailure(Reporter.Level, ProcessName, StartupFailure, consequence: String)
    /// Report how the startup has gone, with what supervisord knows of those that failed; unless supervisord is being shut
    /// down.
    case reportSummary(StartupSummary)
    /// Shut down supervisord; a process that has failed decides the status, if there is one.
    case shutDown(reason: String, failed: ProcessName?)
    /// Tell that the gates of a process have passed, that long after it was started; people only if others wait for it.
    case reportReady(ProcessName, after: Duration, isAwaited: Bool)
    /// Find out whether a process is ready.
    case beginAttempt(ProbeAttempt)
    /// Stop an attempt.
    case cancelAttempt(Int)
    /// Answer the question how the gates stand.
    case answer(question: Int, GateReport)
    /// End the listener, with status 0.
    case endListener
}
