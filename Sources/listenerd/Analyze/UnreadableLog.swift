import ListenerKit

/// A log in which there is nothing to analyze.
struct UnreadableLog: ExitStatusError, Equatable, CustomStringConvertible {
    /// The path of the log, or `standard input`.
    let name: String
    /// How many lines it has.
    let lineCount: Int
    /// How many of these are listenerd's.
    let ownLineCount: Int

    var exitStatus: ExitStatus { .configuration }

    var description: String {
        if lineCount == 0 {
            return "nothing to analyze: '\(name)' is empty"
        }
        return ownLineCount == 0
            ? "nothing to analyze: none of the \(lineCount) lines of '\(name)' is one of a log with --log-format json"
            : "nothing to analyze: the log '\(name)' tells of no process; does the listener get PROCESS_STATE events?"
    }
}
