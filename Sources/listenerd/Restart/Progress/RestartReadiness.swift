/// Whether a process that is RUNNING, and has gates, is ready.
enum RestartReadiness: Equatable {
    /// All of its gates have passed, or nothing tries them, so that it counts as ready.
    case ready
    /// Not yet, for that reason.
    case waiting(String)
    /// They have not passed in time.
    case failed(String)
}
