import ListenerKit

/// The progress of one program.
struct ProgramProgress {
    /// How many of its dependencies are not met yet.
    var missing: Int
    /// How many of its processes are still to be started here.
    var unstarted: Int
    /// Whether it was ever found to wait in vain; it is found once, even if its dependency is repaired later.
    var isStuck = false
    /// When supervisord was asked to start it.
    var startedAt: ContinuousClock.Instant?
    /// The program that it waited for last.
    var waitedFor: Int?
}
