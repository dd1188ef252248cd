/// What is remembered of a process that has ended.
struct ProcessHistory {
    /// Whether supervisord starts it again after its latest end.
    var isRestarted = true
    /// When supervisord has started it again, the latest last.
    var restarts: [ContinuousClock.Instant] = []
}
