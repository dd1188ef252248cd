import ListenerKit

/// What is counted, and what is known, of one process.
struct ProcessMetrics: Equatable {
    /// How often supervisord has started it again by itself.
    var restarts = 0
    /// How often it has exited by itself, with a status in `exitcodes`.
    var expectedExits = 0
    /// How often it has exited by itself, with another status or by a signal.
    var unexpectedExits = 0
    /// How often supervisord has given up to start it.
    var fatal = 0
    /// How often a start has failed.
    var backoff = 0
    /// How long its latest start took until it was ready; nil if it is not ready, or that is not known.
    var readyMilliseconds: Int?

    /// Its state; nil before anything is known of it but what was counted earlier.
    private(set) var state: ProcessState?
    /// The status with which it last exited, as supervisord tells it; nil if only supervisord knows.
    private(set) var exitStatus: Int?
    /// When it was started; nil if it is not up, or that is not known.
    private(set) var start: ProcessStart?
    /// When it was first seen; nil if it was counted by an earlier listener.
    let firstSeen: ContinuousClock.Instant?
    /// Until when an earlier listener has counted; nil once a snapshot has told how it is now, or if there was none.
    private var countedUntil: Timestamp?
    /// Whether supervisord restarts it after its latest exit; as long as none was seen, it may.
    private var isRestarted = true

    /// Begins to count.
    ///
    /// - Parameter firstSeen: The present time.
    init(firstSeen: ContinuousClock.Instant) {
        self.firstSeen = firstSeen
    }

    /// Goes on from what an earlier listener has counted.
    ///
    /// - Parameter countedUntil: When that has written what it has counted.
    init(countedUntil: Timestamp) {
        firstSeen = nil
        self.countedUntil = countedUntil
    }

    /// Whether it is up, as node_exporter sees it; nil if that is not known.
    var isUp: Bool? {
        switch state {
        case .starting, .running, .stopping: true
        case .stopped, .backoff, .exited, .fatal, .unknown: false
        case nil: nil
        }
    }

    /// Whether only a snapshot can tell what is missing.
    var isIncomplete: Bool {
        isUp.map { exitStatus == nil || $0 && start == nil } ?? true
    }

    /// Counts by one change of state.
    ///
    /// - Parameters:
    ///   - change: The change.
    ///   - program: Its program.
    ///   - isShutdown: Whether it is FATAL only because supervisord is being shut down.
    mutating func apply(_ change: ProcessStateEvent, of program: MeteredProgram, isShutdown: Bool) {
        state = change.state
        switch change.transition {
        case .starting:
            begin(change)
        case .running(let pid):
            let seconds = follow(change, pid)
            if !program.isGated {
                becomeReady(after: seconds, program)
            }
        case .stopping(let pid):
            _ = follow(change, pid)
        case .exited(let isExpected, let pid):
            isExpected ? expectedExits.count() : unexpectedExits.count()
            isRestarted = program.autorestart.restarts(afterExpected: isExpected)
            end(pid, status: nil)
        case .stopped(let pid):
            end(pid, status: pid == 0 ? 0 : nil)
        case .backoff:
            backoff.count()
            end(nil, status: 0)
        case .fatal:
            if !isShutdown {
                fatal.count()
            }
            end(nil, status: 0)
        case .unknown:
            end(nil, status: exitStatus)
        }
    }

    /// Counts as supervisord's own restarts what a crash loop of `--fatal-exit-on` counts.
    private mutating func begin(_ change: ProcessStateEvent) {
        if change.previous == .backoff || change.previous == .exited && isRestarted {
            restarts.count()
        }
        exitStatus = 0
        // It may be the start that a snapshot has told already, or an earlier one.
        if start?.isAhead != true {
            readyMilliseconds = nil
            start = ProcessStart(seenAt: change.header.time)
        }
    }

    /// Follows a start to a state that it has reached.
    ///
    /// - Returns: The seconds since the start; nil if it is not known, or the event came late.
    private mutating func follow(_ change: ProcessStateEvent, _ pid: Int) -> Double? {
        guard var known = start, known.isOf(pid) else {
            start = start?.isAhead == true ? start : nil
            return nil
        }
        let isTimely = known.follow(to: change.state, pid)
        start = known
        return isTimely ? change.header.time.seconds(since: known.time) : nil
    }

    /// Records an end of the start that is known, unless it is about an earlier one.
    private mutating func end(_ pid: Int?, status: Int?) {
        exitStatus = status
        let isOfKnown = pid.map { start?.isOf($0) ?? true } ?? false
        if isOfKnown || start?.isAhead != true {
            start = nil
        }
    }

    /// Records that it is ready because it is RUNNING.
    ///
    /// supervisord sees to that at most a second after `startsecs`, but may tell it later: it keeps events back from a listener that
    /// is not RUNNING itself.
    ///
    /// - Parameters:
    ///   - seconds: How long that took; nil if it is not known.
    ///   - program: Its program.
    private mutating func becomeReady(after seconds: Double?, _ program: MeteredProgram) {
        guard seconds != nil || readyMilliseconds == nil else {
            return
        }
        let least = program.startSeconds.map { Double($0) }
        let likely = least.map { min(max(seconds ?? $0, $0), $0 + 1) } ?? seconds
        readyMilliseconds = likely.map { Int(millisecondsOf: $0) }
    }

    /// Records that its gates have passed; if they are tried again during the same start, the first time counts.
    mutating func passGates(after seconds: Double) {
        if readyMilliseconds == nil {
            readyMilliseconds = Int(millisecondsOf: seconds)
        }
    }

    /// Records the status with which it has exited.
    mutating func learn(exitStatus status: Int) {
        if state == .exited {
            exitStatus = status
        }
    }

    /// Adopts what a snapshot tells; it counts nothing.
    mutating func adopt(_ information: ProcessInformation, of program: MeteredProgram) {
        state = information.state
        exitStatus = information.exitStatus
        if let latest = ProcessStart(information) {
            adopt(latest)
        } else if isUp != true {
            start = nil
        }
        countedUntil = nil
        if state == .running, !program.isGated {
            becomeReady(after: nil, program)
        }
    }

    /// Adopts the start that a snapshot tells, if it is not the one that is known.
    private mutating func adopt(_ latest: ProcessStart) {
        if let start {
            guard start.isOlder(than: latest) else {
                return
            }
            readyMilliseconds = nil
        } else if countedUntil.map({ latest.time.seconds >= $0.seconds }) ?? true {
            // An earlier listener has not measured this start.
            readyMilliseconds = nil
        }
        start = latest
    }
}

extension Int {
    /// Counts on; the largest number stays.
    ///
    /// - Parameter more: How many; none if it is negative.
    mutating func count(_ more: Int = 1) {
        let (sum, overflows) = addingReportingOverflow(Swift.max(0, more))
        self = overflows ? .max : sum
    }

    /// Converts seconds; what is out of range becomes the nearest time that is not.
    init(millisecondsOf seconds: Double) {
        self = Int((Swift.max(0, Swift.min(seconds, 1e12)) * 1000).rounded())
    }
}
