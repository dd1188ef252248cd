import ListenerKit

extension StartupProgress {
    /// Notes the state that a process has entered, and when.
    mutating func enter(_ state: ProcessState, _ number: Int, at time: ContinuousClock.Instant) {
        guard processes[number].state != state || processes[number].since == nil else {
            return
        }
        processes[number].state = state
        processes[number].lastNudge = nil
        processes[number].since = state == .starting || state == .running ? time : nil
        queueNudge(for: number)
    }

    /// Finds when supervisord is to be woken next.
    ///
    /// It looks at `startsecs`, and at programs that have ended, only when something wakes it, and that may be a second
    /// later. So while others wait for a process, supervisord is woken by calls that it answers at once: from the end of
    /// the process's `startsecs`, or from its start where its end is waited for, and ever more rarely.
    ///
    /// - Returns: The moment; nil where nobody waits, or where supervisord's own clock does as well.
    mutating func nextNudge() -> ContinuousClock.Instant? {
        guard remaining > 0 else {
            return nil
        }
        while let first = nudges.first {
            // Of a process that has moved on since, there is another entry, where there has to be one.
            if nudge(for: first.process) == first.time {
                return first.time
            }
            nudges.removeFirst()
        }
        return nil
    }

    /// Finds when something is to be done even if nothing happens: supervisord is to be woken, or the time is up.
    ///
    /// - Returns: The moment; nil if there is none.
    mutating func nextAlarm() -> ContinuousClock.Instant? {
        earliest(nextNudge(), deadline)
    }

    /// Notes that supervisord has been woken.
    ///
    /// - Parameter now: The present moment.
    mutating func nudged(at now: ContinuousClock.Instant) {
        while let first = nudges.first, first.time <= now {
            nudges.removeFirst()
            if nudge(for: first.process) == first.time {
                processes[first.process].lastNudge = now
                queueNudge(for: first.process)
            }
        }
    }

    /// Has supervisord woken when there may be something to see of a process.
    mutating func queueNudge(for number: Int) {
        if let time = nudge(for: number) {
            nudges.insert(.init(time: time, process: number))
        }
    }

    private func nudge(for number: Int) -> ContinuousClock.Instant? {
        let process = processes[number]
        guard var beginning = process.since else {
            return nil
        }
        let expected: StartupConditions =
            process.state == .starting ? [.running, .exited, .completed] : [.exited, .completed]
        guard memberships[number].contains(where: { !parents[$0].awaited.isDisjoint(with: expected) }) else {
            return nil
        }
        if process.state == .starting {
            beginning += .seconds(plan.programs[process.program].startSeconds)
        }
        return NudgeInterval.next(after: process.lastNudge ?? beginning, since: beginning)
    }
}
