import ListenerKit

/// Nudges: calls by which supervisord sees at once what others wait for.
extension StartupProgress {
    /// Records the state that a process has entered, and when.
    mutating func enter(_ state: ProcessState, _ index: Int, at time: ContinuousClock.Instant) {
        guard processes[index].state != state || processes[index].since == nil else {
            return
        }
        processes[index].state = state
        processes[index].since = state == .starting || state == .running ? time : nil
        scheduleNudges(for: index)
    }

    /// Finds when to nudge supervisord next.
    ///
    /// As long as others wait for a process, supervisord is nudged: from the end of the process's `startsecs`, or from its
    /// start if its exit is awaited.
    ///
    /// - Returns: The time; nil if no program waits, or if supervisord's own clock does as well.
    mutating func nextNudge() -> ContinuousClock.Instant? {
        guard remaining > 0 else {
            return nil
        }
        while let (time, index) = nudges.first() {
            if isAwaited(index) {
                return time
            }
            nudges.cancel(index)
        }
        return nil
    }

    /// Records that supervisord has been nudged.
    ///
    /// - Parameter now: The present time.
    mutating func nudged(at now: ContinuousClock.Instant) {
        nudges.nudged(at: now)
    }

    /// Has supervisord nudged from the time at which there may be something to see of a process, if others wait for that.
    mutating func scheduleNudges(for index: Int) {
        guard isAwaited(index), let since = processes[index].since else {
            return nudges.cancel(index)
        }
        let isStarting = processes[index].state == .starting
        let delay = isStarting ? plan.programs[processes[index].program].startSeconds : 0
        nudges.schedule(index, from: since + .seconds(delay))
    }

    /// Whether others wait for the next thing that a process can reach.
    private func isAwaited(_ index: Int) -> Bool {
        // A process that ends before it is ready is a failure, which whoever waits for it learns at once.
        let mayGetReady = processes[index].state == .starting || processes[index].hasGates
        let expected: StartupConditions = mayGetReady ? [.running, .exited, .completed] : [.exited, .completed]
        return memberships[index].contains { !parents[$0].awaited.isDisjoint(with: expected) }
    }
}
