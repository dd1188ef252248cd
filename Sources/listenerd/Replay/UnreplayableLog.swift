import ListenerKit

/// A log that cannot be replayed.
struct UnreplayableLog: ExitStatusError, Equatable, CustomStringConvertible {
    /// The path of the log, or `standard input`.
    let name: String
    /// Why not, in a sentence without a full stop.
    let reason: String

    var exitStatus: ExitStatus { .configuration }

    var description: String { "cannot replay '\(name)': \(reason)" }
}
