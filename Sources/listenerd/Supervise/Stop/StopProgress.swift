import ListenerKit

/// How far an ordered stop has come.
struct StopProgress: Equatable, Sendable {
    /// How many processes ran when it began.
    let total: Int
    /// Those that have not stopped yet.
    let remaining: [ProcessName]
    /// Those of them that were told to stop.
    let stopping: [ProcessName]

    /// How many of them are named.
    private static let mostNames = 3

    /// A line such as `stopping: 3 of 20 stopped; waits for db, web`.
    var text: String {
        let names = stopping.prefix(Self.mostNames).map { "\($0)" }
        let rest = stopping.count - names.count
        let list = names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        // A process may have started meanwhile.
        let stopped = max(0, total - remaining.count)
        return "stopping: \(stopped) of \(total) stopped" + (names.isEmpty ? "" : "; waits for \(list)")
    }
}
