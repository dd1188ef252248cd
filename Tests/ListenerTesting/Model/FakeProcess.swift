import ListenerKit

/// A process as supervisord records it: its state, and the rules by which that changes.
struct FakeProcess: Sendable {
    /// An event about a change of state.
    struct Emission: Sendable {
        let kind: EventKind
        let payload: String
    }

    var program: FakeProgram
    private(set) var state = ProcessState.stopped
    /// The number of starts that have failed since the last one that succeeded.
    private(set) var tries = 0
    private(set) var pid = 0
    private(set) var startTime: Duration?
    private(set) var stopTime: Duration?
    private(set) var exitStatus = 0
    private(set) var spawnError = ""
    /// The events that have not been sent yet.
    var emissions: [Emission] = []

    private var starts = 0
    private var retryTime = Duration.zero
    private var plannedEnd: (time: Duration, status: Int)?

    init(_ program: FakeProgram) {
        self.program = program
    }

    var name: ProcessName { ProcessName(group: program.group, process: program.name) }

    /// The outcome of the next start.
    var nextStart: FakeProgram.Start {
        program.whenStarted.isEmpty ? .runs : program.whenStarted[min(starts, program.whenStarted.count - 1)]
    }

    /// Whether it must be stopped before supervisord can exit.
    var isAlive: Bool { [.starting, .running, .stopping].contains(state) }

    /// Returns when its state changes next by itself; nil if it does not.
    func nextTime(mayStart: Bool) -> Duration? {
        let settled = state == .starting ? startTime.map { $0 + .seconds(program.startSeconds) } : nil
        let retry = state == .backoff && mayStart ? retryTime : nil
        let end = isAlive ? plannedEnd?.time : nil
        return [settled, retry, end].compactMap { $0 }.min()
    }

    // MARK: Starting and ending

    mutating func spawn(at time: Duration, pid: Int) {
        let start = nextStart
        starts += 1
        (startTime, stopTime, exitStatus, spawnError) = (time, stopTime, 0, "")
        change(to: .starting)
        plannedEnd = nil
        switch start {
        case .runs: self.pid = pid
        case .exits(let status, let delay):
            self.pid = pid
            plannedEnd = (time + delay, status)
        case .isMissing: failToSpawn("can't find command '/usr/bin/\(program.name)'", time)
        case .isNotExecutable: failToSpawn("command at '/usr/bin/\(program.name)' is not executable", time)
        case .cannotSpawn(let reason): failToSpawn(reason, time)
        }
    }

    private mutating func failToSpawn(_ reason: String, _ time: Duration) {
        spawnError = reason
        backOff(at: time)
    }

    /// Records that the process has exited with a status; -1 means by a signal.
    mutating func finish(status: Int, at time: Duration) {
        let lived = startTime.map { time - $0 } ?? .zero
        stopTime = time
        plannedEnd = nil
        if state == .stopping {
            exitStatus = status
            change(to: .stopped)
        } else if state == .starting, lived < .seconds(program.startSeconds) {
            spawnError = "Exited too quickly (process log may have details)"
            backOff(at: time)
        } else {
            exitStatus = status
            becomeRunning()
            change(to: .exited)
        }
        pid = 0
    }

    private mutating func backOff(at time: Duration) {
        tries += 1
        retryTime = time + .seconds(tries)
        change(to: .backoff)
    }

    private mutating func becomeRunning() {
        if state == .starting {
            tries = 0
            change(to: .running)
        }
    }

    mutating func stop(at time: Duration) {
        if state == .backoff {
            return change(to: .stopped)
        }
        change(to: .stopping)
        if program.whenStopped == .ends {
            finish(status: -1, at: time)
        }
    }

    /// Stops the process because supervisord shuts down: one between two tries is given up.
    mutating func shutDown(at time: Duration) {
        switch state {
        case .backoff: giveUp()
        case .starting, .running: stop(at: time)
        default: break
        }
    }

    private mutating func giveUp() {
        tries = 0
        change(to: .fatal)
    }

    /// Carries out one change that is due.
    ///
    /// - Returns: Whether there was anything.
    mutating func transition(at time: Duration, mayStart: Bool, pid: Int) -> Bool {
        switch state {
        case .starting where startTime.map({ time - $0 >= .seconds(program.startSeconds) }) == true:
            becomeRunning()
        case .starting where isEndDue(at: time), .running where isEndDue(at: time), .stopping where isEndDue(at: time):
            finish(status: plannedEnd?.status ?? 0, at: time)
        case .backoff where tries > program.startRetries:
            giveUp()
        case .backoff where mayStart && retryTime <= time, .exited where mayStart && mustRestart:
            spawn(at: time, pid: pid)
        default:
            return false
        }
        return true
    }

    private func isEndDue(at time: Duration) -> Bool {
        plannedEnd.map { $0.time <= time } ?? false
    }

    private var mustRestart: Bool {
        program.autorestart.restarts(afterExpected: program.exitCodes.contains(exitStatus))
    }

    // MARK: Telling

    private mutating func change(to next: ProcessState) {
        let names = "processname:\(program.name) groupname:\(program.group) from_state:\(state.name)"
        let emission: Emission? =
            switch next {
            case .starting: Emission(kind: .processStateStarting, payload: "\(names) tries:\(tries)")
            case .running: Emission(kind: .processStateRunning, payload: "\(names) pid:\(pid)")
            case .backoff: Emission(kind: .processStateBackoff, payload: "\(names) tries:\(tries)")
            case .stopping: Emission(kind: .processStateStopping, payload: "\(names) pid:\(pid)")
            case .exited:
                Emission(
                    kind: .processStateExited,
                    payload: "\(names) expected:\(program.exitCodes.contains(exitStatus) ? 1 : 0) pid:\(pid)"
                )
            case .stopped: Emission(kind: .processStateStopped, payload: "\(names) pid:\(pid)")
            case .fatal: Emission(kind: .processStateFatal, payload: names)
            case .unknown: Emission(kind: .processStateUnknown, payload: names)
            }
        state = next
        emissions += emission.map { [$0] } ?? []
    }
}
