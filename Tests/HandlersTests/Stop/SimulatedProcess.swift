import ListenerKit

/// A process of a simulated supervisord that is to be stopped.
struct SimulatedProcess {
    let name: ProcessName
    var state: ProcessState
    var pid: Int?
    /// Since when it runs.
    var startTime: ContinuousClock.Instant
    /// How long it takes to stop after SIGTERM, unless it is killed before.
    let stopTime: Duration
    /// Whether not even SIGKILL ends it.
    let survives: Bool
    /// Whether supervisord refuses to stop it.
    let isUnstoppable: Bool
    /// Whether supervisord starts it again when it exits.
    let isRestarted: Bool
    /// Whether it exits by itself once it runs.
    var crashes: Bool
    /// When it was first told to stop.
    var stopBeginning: ContinuousClock.Instant?
    /// When it was last down.
    var end: ContinuousClock.Instant?
    /// Tells the present state from an earlier one.
    var generation = 0

    var isUp: Bool { state == .starting || state == .running || state == .stopping }
}
