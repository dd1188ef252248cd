import ListenerKit

/// Something that the reducer wants done.
enum FatalExitCommand: Equatable {
    /// Ask supervisord about all processes, and bring the answer.
    case askAboutAllProcesses
    /// Ask about the process that has met a trigger, or if it is none, just whether supervisord is not being shut down; bring
    /// the answer.
    case ask(about: ProcessName?)
    /// Shut down supervisord, and tell whether it is being shut down then.
    case shutDown(ShutdownVerdict)
    /// Have supervisord look at its processes.
    case nudge
    /// Set the alarm for a time; take it back if that is nil.
    case setAlarm(at: ContinuousClock.Instant?)
    /// Ask for a snapshot after some time.
    case requestSnapshot(after: Duration)
}
