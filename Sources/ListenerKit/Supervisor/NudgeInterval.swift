/// How often supervisord is nudged while something is awaited: less and less often, the longer it takes.
package enum NudgeInterval {
    /// The fraction of the waiting time by which the end is noticed late at most: 1/32.
    private static let part = 32
    private static let shortest = Duration.milliseconds(10)
    /// How often supervisord's loop runs by itself.
    private static let ownInterval = Duration.seconds(1)

    /// Returns how long to wait between two nudges.
    ///
    /// - Parameters:
    ///   - elapsed: How long something has been awaited.
    ///   - shortest: The shortest interval.
    /// - Returns: A fraction of that time.
    package static func after(_ elapsed: Duration, atLeast shortest: Duration = shortest) -> Duration {
        max(shortest, elapsed / part)
    }

    /// Returns when to nudge next.
    ///
    /// - Parameters:
    ///   - last: When supervisord was last nudged.
    ///   - beginning: Since when something has been awaited.
    /// - Returns: The time; nil if supervisord's own loop is frequent enough by now.
    package static func next(
        after last: ContinuousClock.Instant,
        since beginning: ContinuousClock.Instant
    ) -> ContinuousClock.Instant? {
        let interval = after(beginning.duration(to: last))
        return interval < ownInterval ? last + interval : nil
    }
}
