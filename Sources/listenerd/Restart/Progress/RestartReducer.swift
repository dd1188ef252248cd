import ListenerKit

/// A rolling restart as a value: follows how all processes stand, and answers with what is to be done now.
///
/// It neither calls supervisord nor looks at a clock. Never are more processes of a group down at a time than may be restarted at a
/// time, also if others die by themselves. After a failure, or once it is interrupted, it begins nothing more; but what it has stopped
/// is started again.
struct RestartReducer {
    /// The processes, and what they depend on.
    let plan: RestartPlan
    /// How many processes may be restarted at a time.
    let parallel: Int
    /// How long each may take from its start until it is ready; nil for any time.
    let timeout: Duration?

    /// How far each target has come.
    var progress: [TargetProgress]
    /// How everything stood when that was last known.
    var latest = RestartObservation([])
    /// Why it ends early; nil if it does not.
    var failure: RestartFailure?
    /// Why supervisord cannot be called any more; nil if it can.
    private(set) var loss: String?
    /// Whether it begins nothing more because it was told so.
    private(set) var isInterrupted = false
    private var isAbandoned = false

    /// The processes that were up at some time since it began: these must not be missing.
    var expected: Set<ProcessName> = []
    /// Those that were STARTING when it began.
    private(set) var initiallyStarting: Set<ProcessName> = []
    /// The targets of each group.
    let groups: [String: [Int]]
    /// The index of each target.
    let indices: [ProcessName: Int]
    /// Since when nothing could be begun because processes of the same group are down.
    private var blockedSince: ContinuousClock.Instant?

    /// Begins with nothing done.
    init(_ plan: RestartPlan, parallel: Int, timeout: Duration?) {
        self.plan = plan
        self.parallel = parallel
        self.timeout = timeout
        progress = Array(repeating: TargetProgress(), count: plan.targets.count)
        groups = Dictionary(grouping: plan.targets.indices) { plan.targets[$0].name.group }
        indices = Dictionary(plan.targets.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Begins nothing more, but what was stopped is started again; the second time, not even that.
    mutating func interrupt() {
        isAbandoned = isInterrupted
        isInterrupted = true
    }

    /// Ends it: supervisord cannot be called any more.
    ///
    /// - Parameter reason: The reason, in a sentence without a full stop.
    mutating func loseSupervisord(_ reason: String) {
        loss = loss ?? reason
    }

    /// Whether there is nothing left to do.
    var isOver: Bool {
        if loss != nil || isAbandoned {
            return true
        }
        let isEnding = isInterrupted || failure != nil
        return !progress.contains { progress in
            progress.isStopping || progress.isInFlight && !isInterrupted || progress.isWaiting && !isEnding
        }
    }

    /// Follows how all processes stand.
    ///
    /// - Parameters:
    ///   - observation: How they stand.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ observation: RestartObservation, at now: ContinuousClock.Instant) -> [RestartAction] {
        if latest.processes.isEmpty {
            initiallyStarting = Set(observation.processes.values.filter { $0.state == .starting }.map { $0.name })
        }
        latest = observation
        var actions: [RestartAction] = []
        for index in progress.indices where progress[index].isInFlight {
            if let action = advance(index, at: now) {
                actions.append(action)
            }
        }
        noticeLosses()
        while failure == nil, !isInterrupted, let index = nextTarget {
            if let action = begin(index, at: now) {
                actions.append(action)
            }
        }
        limitWait(at: now)
        return actions
    }

    /// Follows how all processes stand, without doing anything any more.
    mutating func observe(_ observation: RestartObservation) {
        latest = observation
    }

    /// Notes that supervisord has refused to stop or to start a process.
    ///
    /// What it means that a process runs already, or not any more, is seen at the next look.
    mutating func refuse(_ name: ProcessName, _ fault: Fault) {
        guard let index = indices[name], progress[index].isInFlight,
            ![.alreadyStarted, .notRunning, .spawnError].contains(fault.known)
        else {
            return
        }
        fail(index, .refused(fault, toStop: progress[index].isStopping))
    }

    mutating func fail(_ index: Int, _ reason: RestartFailure.Reason) {
        progress[index].phase = .failed
        failure = failure ?? RestartFailure(process: plan.targets[index].name, reason: reason)
    }

    /// Ends it if processes that are down do not come back in time.
    private mutating func limitWait(at now: ContinuousClock.Instant) {
        guard let name = awaited.first else {
            blockedSince = nil
            return
        }
        let beginning = blockedSince ?? now
        blockedSince = beginning
        if let timeout, failure == nil, beginning + timeout <= now {
            failure = RestartFailure(process: name, reason: .timedOut(timeout, state(of: name)), isElsewhere: true)
        }
    }

    private mutating func begin(_ index: Int, at now: ContinuousClock.Instant) -> RestartAction? {
        let name = plan.targets[index].name
        let process = latest.processes[name]
        progress[index].beginning = now
        progress[index].previous = process
        switch process?.state {
        case .running, .starting, .backoff:
            progress[index].phase = .stopping(now, pid: process?.pid)
            return .stop(name)
        case .stopping:
            // It was being stopped before anything of this began.
            progress[index].phase = .stopping(now, pid: process?.pid)
            return nil
        case .stopped, .exited, .fatal, .unknown, nil:
            progress[index].phase = .starting(now, pid: nil, "starting")
            return .start(name)
        }
    }
}
