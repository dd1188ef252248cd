import ListenerKit

/// When to nudge supervisord for processes of which something is awaited, the earliest first.
///
/// supervisord looks at its processes only when something wakes it, by itself once a second. So from the time at which
/// there may be something to see of a process, it is nudged by calls that it answers at once: ever more rarely, and no longer
/// once its own clock does as well.
struct WakeSchedule<Process: Hashable> {
    private struct Wake {
        /// From when on there may be something to see.
        let beginning: ContinuousClock.Instant
        var lastNudge: ContinuousClock.Instant

        var next: ContinuousClock.Instant? { NudgeInterval.next(after: lastNudge, since: beginning) }
    }

    private var wakes = ProcessMemory<Process, Wake>()
    /// The times of all nudges to come, and of some that no longer count.
    private(set) var queue = WakeQueue<Process>()

    /// Whether nothing is awaited.
    var isEmpty: Bool { wakes.values.isEmpty }

    /// Schedules nudges for a process, in place of those that were scheduled before.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - beginning: From when on there may be something to see of it.
    mutating func schedule(_ process: Process, from beginning: ContinuousClock.Instant) {
        wakes[process] = Wake(beginning: beginning, lastNudge: beginning)
        enqueue(process)
    }

    /// Forgets a process.
    mutating func cancel(_ process: Process) {
        if !isEmpty {
            wakes[process] = nil
        }
    }

    /// Finds the next nudge.
    ///
    /// - Returns: When it is due, and for which process; nil if there is none.
    mutating func first() -> (time: ContinuousClock.Instant, process: Process)? {
        while let first = queue.first {
            if wakes[first.process]?.next == first.time {
                return (first.time, first.process)
            }
            queue.removeFirst()
        }
        return nil
    }

    /// Records that supervisord has been nudged, for every process for which that was due.
    ///
    /// - Parameter now: The present time.
    mutating func nudged(at now: ContinuousClock.Instant) {
        while let (time, process) = first(), time <= now {
            queue.removeFirst()
            wakes[process]?.lastNudge = now
            enqueue(process)
        }
    }

    /// Whether it is time for ``forgetAll(except:)``.
    var isCrowded: Bool { wakes.isCrowded }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    mutating func forgetAll(except known: Set<Process>) {
        wakes.forgetAll(except: known)
    }

    private mutating func enqueue(_ process: Process) {
        guard let next = wakes[process]?.next else {
            // supervisord's own clock does as well from now on.
            wakes[process] = nil
            return
        }
        queue.insert(.init(time: next, process: process))
        if queue.count > 2 * wakes.values.count + 64 {
            dropWhatNoLongerCounts()
        }
    }

    private mutating func dropWhatNoLongerCounts() {
        queue = WakeQueue()
        for (process, wake) in wakes.values {
            if let next = wake.next {
                queue.insert(.init(time: next, process: process))
            }
        }
    }
}
