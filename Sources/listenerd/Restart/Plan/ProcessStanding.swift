/// How a process stands, as far as a restart depends on it.
enum ProcessStanding: Hashable {
    /// It is RUNNING.
    case up
    /// It comes up by itself, or fails: it is STARTING, in BACKOFF, or about to be restarted by supervisord.
    case coming
    /// It has exited as expected, for good.
    case completed
    /// It was never started, or something else has stopped it, or is stopping it.
    case stopped
    /// It does not come back by itself: it is FATAL, or has exited unexpectedly and is not restarted.
    case failed
}
