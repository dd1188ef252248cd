package import ListenerKit

/// What an ordered stop wants done.
package enum StopCommand: Equatable, Sendable {
    /// Tell supervisord to stop a process, without waiting for it.
    case stop(ProcessName)
    /// Report that a process does not stop, not even by SIGKILL, and that the stop goes on without it.
    case reportSurvivor(ProcessName, pid: Int?)
    /// Shut down supervisord: everything but the listeners has stopped.
    case finish
}
