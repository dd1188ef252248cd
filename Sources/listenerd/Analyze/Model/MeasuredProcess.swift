import ListenerKit

/// What does not change about a process of a startup, however long others take.
struct MeasuredProcess {
    /// Its name.
    let name: ProcessName
    /// The index of its program.
    let program: Int
    /// Whether it is ready only once gates have passed.
    let hasGates: Bool
    /// How long it has to be up to be RUNNING, in seconds; nil if that is not known.
    let startSeconds: Int?
    /// Whether it belongs to the startup: supervisord or ordered startup starts it by itself.
    let isExpected: Bool
    /// What the log says of it.
    let history: ProcessHistory
}
