import ListenerKit

/// What the order of starts asks to be done.
enum StartupCommand: Equatable, Sendable {
    /// Have supervisord start a process.
    case start(ProcessName)
    /// Say something.
    case say(Reporter.Level, String)
}
