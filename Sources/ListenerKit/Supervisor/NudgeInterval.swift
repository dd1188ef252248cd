/// How often supervisord is nudged while something is awaited: the more rarely, the longer that takes.
package enum NudgeInterval {
    /// What is awaited is seen at most this part of its time later.
    private static let part = 32
    private static let shortest = Duration.milliseconds(10)
    /// How often supervisord wakes by itself.
    private static let ownInterval = Duration.seconds(1)

    /// Returns how long to wait between two nudges.
    ///
    /// - Parameters:
    ///   - elapsed: For how long something has been awaited.
    ///   - shortest: The least to wait.
    /// - Returns: A part of that time.
    package static func after(_ elapsed: Duration, atLeast shortest: Duration = shortest) -> Duration {
        max(shortest, elapsed / part)
    }

    /// Returns when to nudge next.
    ///
    /// - Parameters:
    ///   - last: When supervisord was last nudged.
    ///   - beginning: Since when something has been awaited.
    /// - Returns: The time; nil if supervisord's own clock does as well by now.
    package static func next(
        after last: ContinuousClock.Instant,
        since beginning: ContinuousClock.Instant
    ) -> ContinuousClock.Instant? {
        let interval = after(beginning.duration(to: last))
        return interval < ownInterval ? last + interval : nil
    }
}
