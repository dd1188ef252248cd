import ListenerKit

/// What a restart wants done.
enum RestartAction: Equatable {
    /// Tell supervisord to stop a process, without waiting for it.
    case stop(ProcessName)
    /// Tell supervisord to start a process, without waiting for it.
    case start(ProcessName)
    /// Report that a process was restarted.
    case report(RestartedProcess)
}
