import ListenerKit

/// The answer of supervisord about the process because of which it is to be shut down.
enum ShutdownAnswer {
    /// What it knows of the process; nil if there is none, or if the address of supervisord is not known.
    case process(ProcessInformation?)
    /// It does not have the process any more.
    case processIsRemoved
    /// It is being shut down already.
    case isStopping
    /// It could not be asked.
    case failed(SupervisorError)
}
