import ListenerKit

/// The gates of all processes as a value: follows what happens, and decides which gate is tried when, and what follows.
///
/// It neither tries anything nor looks at a clock. Nothing is tried that nobody waits for: neither a program nor whoever asks a
/// question. Nothing is tried again once it has passed, until the process is started again.
struct GateReducer {
    /// How long an attempt may take.
    private static let attemptTimeout = Duration.seconds(5)

    /// The processes with gates.
    private(set) var processes: [GatedProcess] = []
    private(set) var indices: [ProcessName: Int] = [:]
    /// Notifications from processes of which it is not known yet to which program they belong.
    var unassigned: [(notification: ReceivedNotification, time: ContinuousClock.Instant)] = []
    /// Whether a snapshot was requested because of these.
    var isSnapshotRequested = false
    /// Questions that are not answered yet, and when they were asked.
    var questions: [(id: Int, time: ContinuousClock.Instant)] = []
    /// Whether the notifications that came before this listener was started are known all the same.
    let knowsEarlierNotifications: Bool
    /// Which process makes each attempt, and by which of its gates.
    private var attempts: [Int: (process: Int, gate: Int)] = [:]
    private var lastAttempt = 0
    /// What has been decided since the last call of ``decide(at:)``.
    private var decisions: [GateDecision] = []
    /// When something is due by itself; nil if nothing is.
    private(set) var next: ContinuousClock.Instant?
    private var hasNews = true

    /// Begins with gates that are shut.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - knowsEarlierNotifications: Whether notifications that came before this listener was started are delivered to it.
    init(_ plan: StartupPlan, knowsEarlierNotifications: Bool = false) {
        self.knowsEarlierNotifications = knowsEarlierNotifications
        add(plan)
    }

    /// Whether no process has a gate.
    var isEmpty: Bool { processes.isEmpty }

    private mutating func add(_ plan: StartupPlan) {
        for program in plan.programs {
            guard let gates = program.gates else {
                continue
            }
            for (name, gates) in zip(program.processes, gates.processes) where !gates.isEmpty {
                indices[name] = processes.count
                processes.append(
                    GatedProcess(
                        name,
                        gates,
                        timeout: program.gates?.timeout,
                        startSeconds: program.startSeconds
                    )
                )
            }
        }
    }

    /// Goes on by another plan.
    mutating func adopt(_ plan: StartupPlan) {
        let old = processes
        let oldIndices = indices
        for index in processes.indices {
            cancelAttempts(of: index)
        }
        processes = []
        indices = [:]
        add(plan)
        for index in processes.indices {
            if let known = oldIndices[processes[index].name] {
                processes[index].continue(from: old[known])
            }
        }
        hasNews = true
    }

    /// Records which processes programs wait for.
    mutating func setAwaited(_ isAwaited: (ProcessName) -> Bool) {
        for index in processes.indices {
            let awaited = isAwaited(processes[index].name)
            if processes[index].isAwaited != awaited {
                processes[index].isAwaited = awaited
                hasNews = true
                if !awaited, questions.isEmpty {
                    cancelAttempts(of: index)
                }
            }
        }
    }

    /// Decides what follows from the present state.
    ///
    /// - Parameter now: The present time.
    /// - Returns: What has been decided since the last call, in this order.
    mutating func decide(at now: ContinuousClock.Instant) -> [GateDecision] {
        guard hasNews || next.map({ $0 <= now }) ?? false else {
            return []
        }
        hasNews = false
        next = nil
        for index in processes.indices where processes[index].phase != .down {
            decideReadiness(of: index, at: now)
            beginAttempts(of: index, at: now)
        }
        answerQuestions(at: now)
        defer { decisions = [] }
        return decisions
    }

    /// Adds a decision, and has the present state looked at again.
    mutating func decide(_ decision: GateDecision) {
        decisions.append(decision)
        hasNews = true
    }

    /// Has the present state looked at again.
    mutating func lookAgain() {
        hasNews = true
    }

    /// Has ``next`` not be later than a time.
    mutating func wait(until time: ContinuousClock.Instant?) {
        next = earliest(next, time)
    }
}

// MARK: - Readiness

extension GateReducer {
    private mutating func decideReadiness(of index: Int, at now: ContinuousClock.Instant) {
        let process = processes[index]
        let hasPassed = process.states.allSatisfy { $0.hasPassed }
        guard process.phase == .running, hasPassed else {
            if process.isReady {
                processes[index].isReady = false
                decisions.append(.becameUnready(process.name))
            }
            return decideFailure(of: index, at: now)
        }
        if !process.isReady {
            processes[index].isReady = true
            processes[index].failure = nil
            processes[index].wasReady = true
            decisions.append(.becameReady(process.name, after: process.start.map { $0.duration(to: now) } ?? .zero))
        }
    }

    private mutating func decideFailure(of index: Int, at now: ContinuousClock.Instant) {
        let process = processes[index]
        // Of gates that nobody waits for, it is not known whether they would have passed.
        guard process.phase == .running, process.isAwaited, process.failure == nil, !process.wasReady else {
            return
        }
        if process.hasUnreadableGate {
            fail(index, "never ready: \(process.openGates)")
        } else if let deadline = process.deadline {
            if deadline <= now {
                let seconds = process.timeout.map { $0.inSeconds } ?? ""
                fail(index, "not ready \(seconds) s after it was RUNNING: \(process.openGates)")
            } else {
                wait(until: deadline)
            }
        }
    }

    private mutating func fail(_ index: Int, _ reason: String) {
        processes[index].failure = reason
        decisions.append(.failed(processes[index].name, reason: reason))
    }
}

// MARK: - Attempts

extension GateReducer {
    /// Follows the outcome of an attempt.
    mutating func apply(_ outcome: ProbeOutcome, ofAttempt attempt: Int, at now: ContinuousClock.Instant) {
        guard let (process, gate) = attempts.removeValue(forKey: attempt) else {
            return
        }
        processes[process].states[gate].finish(outcome, at: now)
        hasNews = true
    }

    private mutating func beginAttempts(of index: Int, at now: ContinuousClock.Instant) {
        guard processes[index].canBeTried, processes[index].isAwaited || !questions.isEmpty else {
            return
        }
        for gate in processes[index].gates.indices {
            guard case .probe(let probe) = processes[index].gates[gate].kind, isShut(gate, of: index) else {
                continue
            }
            // Whether a file is older than its process can be known only by the pid.
            if case .file = probe, processes[index].pid == nil {
                continue
            }
            if let next = processes[index].states[gate].next, next > now {
                wait(until: next)
            } else {
                begin(probe, index, gate, at: now)
            }
        }
    }

    private func isShut(_ gate: Int, of index: Int) -> Bool {
        let state = processes[index].states[gate]
        return !state.hasPassed && state.attempt == nil
    }

    private mutating func begin(_ probe: Probe, _ index: Int, _ gate: Int, at now: ContinuousClock.Instant) {
        lastAttempt += 1
        attempts[lastAttempt] = (index, gate)
        processes[index].states[gate].begin(lastAttempt, at: now)
        decisions.append(
            .begin(
                ProbeAttempt(
                    id: lastAttempt,
                    probe: probe,
                    process: processes[index].name,
                    pid: processes[index].pid,
                    timeout: Self.attemptTimeout
                )
            )
        )
    }

    private mutating func cancelAttempts(of index: Int) {
        for gate in processes[index].states.indices {
            if let attempt = processes[index].states[gate].cancel() {
                attempts[attempt] = nil
                decide(.cancel(attempt: attempt))
            }
        }
    }
}

// MARK: - Processes

extension GateReducer {
    /// Follows one change of state.
    mutating func apply(
        _ transition: ProcessStateEvent.Transition,
        of name: ProcessName,
        at now: ContinuousClock.Instant
    ) {
        guard let index = indices[name] else {
            return
        }
        processes[index].lastEvent = now
        hasNews = true
        switch transition {
        case .starting:
            open(index, at: now)
        case .running(let pid):
            if let known = processes[index].pid, known != pid {
                open(index, at: now)
            }
            identify(index, pid, at: now)
            processes[index].run(since: now)
        case .stopping, .stopped, .exited, .backoff, .fatal, .unknown:
            shut(index)
        }
    }

    /// Follows that supervisord has answered that it starts a process; the events of that may be long in coming.
    mutating func wasStarted(_ name: ProcessName, at now: ContinuousClock.Instant) {
        guard let index = indices[name], processes[index].phase == .down else {
            return
        }
        open(index, at: now, isAsked: true)
        if processes[index].startSeconds <= 0 {
            processes[index].run(since: now)
        }
    }

    /// Follows a snapshot.
    mutating func apply(_ snapshot: Snapshot, at now: ContinuousClock.Instant) {
        let listenerStart = snapshot.processes.first { $0.isThisListener }?.startTime
        var missing = Set(processes.indices)
        for information in snapshot.processes {
            if let index = indices[information.name] {
                missing.remove(index)
                apply(information, index, listenerStart, snapshot, at: now)
            }
        }
        for index in missing where !isOutdated(snapshot, index) {
            shut(index)
        }
        assign(by: snapshot, at: now)
        hasNews = true
    }

    private mutating func apply(
        _ information: ProcessInformation,
        _ index: Int,
        _ listenerStart: Timestamp?,
        _ snapshot: Snapshot,
        at now: ContinuousClock.Instant
    ) {
        guard !isOutdated(snapshot, index) else {
            return
        }
        guard information.state == .starting || information.state == .running else {
            return shut(index)
        }
        let start = now - .seconds(information.secondsUp ?? 0)
        let isOther = processes[index].pid.map { known in information.pid.map { $0 != known } ?? false } ?? false
        if processes[index].phase == .down || isOther {
            open(index, at: start)
            if isBefore(listenerStart, information, snapshot) {
                processes[index].openMissedGates(includesNotifications: !knowsEarlierNotifications)
            }
        }
        if let pid = information.pid {
            identify(index, pid, at: now)
        }
        if information.state == .running {
            processes[index].run(since: start)
        }
    }

    /// Whether a process was up before this listener, so that what it has said is gone.
    private func isBefore(
        _ listenerStart: Timestamp?,
        _ information: ProcessInformation,
        _ snapshot: Snapshot
    ) -> Bool {
        guard let listenerStart, let start = information.startTime else {
            return snapshot.reason == .start
        }
        return start < listenerStart
    }

    /// Whether more is known of a process than a snapshot tells.
    private func isOutdated(_ snapshot: Snapshot, _ index: Int) -> Bool {
        processes[index].lastEvent.map { $0 >= snapshot.time } ?? false
    }

    private mutating func open(_ index: Int, at time: ContinuousClock.Instant, isAsked: Bool = false) {
        let start = processes[index].start
        let wasReady = processes[index].isReady
        let old = processes[index]
        processes[index].open(at: time, isAsked: isAsked)
        // It may only be the event of a start that was known before.
        if processes[index].start != start || processes[index].isReady != wasReady {
            forget(old, index)
        }
    }

    private mutating func shut(_ index: Int) {
        guard processes[index].phase != .down else {
            return
        }
        let old = processes[index]
        processes[index].shut()
        forget(old, index)
    }

    /// Cancels what was going on for a process before it was started again, or ended.
    private mutating func forget(_ old: GatedProcess, _ index: Int) {
        for state in old.states {
            if let attempt = state.attempt {
                attempts[attempt] = nil
                decide(.cancel(attempt: attempt))
            }
        }
        if old.isReady {
            decide(.becameUnready(old.name))
        }
    }

    /// Records the pid of a process.
    private mutating func identify(_ index: Int, _ pid: Int, at now: ContinuousClock.Instant) {
        processes[index].identify(pid)
        for notification in removeUnassigned(from: pid) {
            apply(notification, toProcess: index, at: now)
        }
    }

    /// Changes a process, of which the caller knows more.
    mutating func change(_ index: Int, _ body: (inout GatedProcess) -> Void) {
        body(&processes[index])
        hasNews = true
    }
}

// MARK: - News

extension GateReducer {
    /// Follows what the source of readiness has learned.
    mutating func apply(_ news: ReadinessNews, at now: ContinuousClock.Instant) {
        switch news {
        case .finished(let attempt, let outcome): apply(outcome, ofAttempt: attempt, at: now)
        case .notified(let notification): apply(notification, at: now)
        case .asked(let question): ask(question, at: now)
        case .hungUp(let question): hangUp(question)
        case .warning(let message): decide(.report(.warning, message))
        case .declared(let process, let isReady):
            if let index = indices[process] {
                change(index) { $0.declare(isReady: isReady) }
            }
        }
    }

    /// The gates of a process that is up and whose gates have not passed, in words; nil for any other process.
    func openGates(of process: ProcessName) -> String? {
        guard let index = indices[process], processes[index].phase != .down, !processes[index].isReady else {
            return nil
        }
        let gates = processes[index].openGates
        return gates.isEmpty ? nil : gates
    }
}
