/// The exits and restarts of a process.
struct ProcessHistory {
    /// Whether supervisord restarts it after its latest exit.
    var isRestarted = true
    /// When supervisord has restarted it, the latest last.
    var restarts: [ContinuousClock.Instant] = []
}
