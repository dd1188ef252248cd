import ListenerKit

/// How severe a line of the log is.
enum LogLevel: String {
    /// Worth having only to replay a run.
    case debug
    case info
    /// Something is wrong, but work goes on.
    case warning
    /// Something does not work.
    case error

    /// The level of one of the program's own messages.
    init(_ level: Reporter.Level) {
        switch level {
        case .error: self = .error
        case .warning: self = .warning
        case .info: self = .info
        }
    }
}
