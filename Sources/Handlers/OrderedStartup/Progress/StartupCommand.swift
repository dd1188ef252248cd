import ListenerKit

/// What the order of starts asks to be done.
enum StartupCommand: Equatable, Sendable {
    /// Have supervisord start a process.
    case start(ProcessName)
    /// Say something.
    case say(Reporter.Level, String)
    /// Say what others wait for in vain, unless that is only because supervisord is stopping.
    case report(Reporter.Level, String)
    /// End supervisord, and say why; a process that has failed tells the status, where there is one.
    case endSupervisor(String, ProcessName?)
}
