import ListenerKit

/// What is known of one program.
struct ProgramProgress {
    /// How many of its dependencies are not met yet.
    var missing: Int
    /// How many of its processes are still to be started here.
    var unstarted: Int
    /// Whether it was ever found to wait in vain; it is found once, even if somebody repairs what it waits for.
    var isStuck = false
    /// When supervisord was asked to start it.
    var startedAt: ContinuousClock.Instant?
    /// The program that it waited for last.
    var waitedFor: Int?
}
