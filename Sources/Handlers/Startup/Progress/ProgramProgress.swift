import ListenerKit

/// What is known of one program.
struct ProgramProgress {
    /// How many of its dependencies do not hold yet.
    var missing: Int
    /// How many of its processes are still to be started here.
    var unstarted: Int
    /// Whether it was ever found to wait in vain; it is found once, also where somebody repairs what it waits for.
    var isStuck = false
    /// When its start was asked for.
    var startedAt: ContinuousClock.Instant?
    /// The program that it waited for last.
    var waitedFor: Int?
}
