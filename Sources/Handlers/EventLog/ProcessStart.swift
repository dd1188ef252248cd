import ListenerKit

/// When a process was started, and of which start that is known.
struct ProcessStart: Equatable {
    /// When it was started.
    let time: Timestamp
    /// Its process id; nil if the start was seen, because that event does not tell it, and no other has come since.
    private(set) var pid: Int?
    /// The state in which a snapshot has shown it, until the events that led there have come.
    ///
    /// supervisord keeps events back until the listener has been up for its own `startsecs`, so that a snapshot runs
    /// ahead of them, and they may be about earlier starts.
    private var stateAhead: ProcessState?

    /// Records a start that was seen.
    init(seenAt time: Timestamp) {
        self.time = time
    }

    /// Records what a snapshot tells of a process that is up, exact to the second; nil if it does not tell enough.
    init?(_ process: ProcessInformation) {
        guard [.starting, .running, .stopping].contains(process.state), let time = process.startTime,
            let pid = process.pid
        else {
            return nil
        }
        self.time = time
        self.pid = pid
        stateAhead = process.state
    }

    /// Whether events may still be about earlier starts.
    var isAhead: Bool { stateAhead != nil }

    /// Returns whether an event with a process id can be about this start.
    func isOf(_ pid: Int) -> Bool {
        self.pid == nil || self.pid == pid
    }

    /// Returns whether a snapshot tells of another, later start.
    func isOlder(than other: ProcessStart) -> Bool {
        let lead = other.time.seconds(since: time)
        // The snapshot's time has lost its fraction: it may seem earlier though it is later.
        return pid == nil ? lead > 1 : pid != other.pid && lead > -1
    }

    /// Records the process id and the state that an event of this start has told.
    ///
    /// - Returns: Whether the event has come in time; not if a snapshot had already shown what it tells.
    mutating func follow(to state: ProcessState, _ pid: Int) -> Bool {
        self.pid = pid
        let isLate = stateAhead == state || (stateAhead == .stopping && state == .running)
        if !isLate || stateAhead == state {
            stateAhead = nil
        }
        return !isLate
    }
}
