import ListenerKit

/// A process to be restarted.
struct RestartTarget: Equatable {
    /// The process.
    let name: ProcessName
    /// The targets that it depends on, by their indices: it is restarted after them.
    var predecessors: [Int] = []
}
