import ListenerKit

/// What the order of starts asks to be done.
enum StartupCommand: Equatable, Sendable {
    /// Have supervisord start a process.
    case start(ProcessName)
    /// Say what others wait for in vain, unless that is only because supervisord is stopping.
    case sayUnlessStopping(Reporter.Level, String)
    /// Say, with what supervisord knows of it, why a process reaches nothing more, and what follows; not while supervisord
    /// is stopping.
    case sayFailure(Reporter.Level, ProcessName, StartupFailure, consequence: String)
    /// End supervisord, and say why; a process that has failed tells the status, where there is one.
    case endSupervisor(String, ProcessName?)
}
