import ListenerKit

/// The gates of all processes as a value: follows what happens, and decides which gate is tried when, and what follows.
///
/// It neither tries anything nor looks at a clock. Nothing is tried that nobody waits for: neither a program nor whoever asks a
/// question. Nothing is tried again once it has passed, until the process is started again.
struct GateReducer {
    /// How long an attempt may take.
    private static let attemptTimeout = Duration.seconds(5)

    /// The processes with gates.
    var processes: [GatedProcess] = []
    private(set) var indices: [ProcessName: Int] = [:]
    /// Notifications from processes of which it is not known yet to which program they belong.
    var unassigned: [(notification: ReceivedNotification, time: ContinuousClock.Instant)] = []
    /// Whether a snapshot was requested because of these, and has not come.
    var isSnapshotRequested = false
    /// When the last one was requested.
    var lastSnapshotRequest: ContinuousClock.Instant?
    /// Whether a notification was reported that came from no program of supervisord.
    var isStrangerReported = false
    /// Questions that are not answered yet, and when they were asked.
    var questions: [(id: Int, time: ContinuousClock.Instant)] = []
    /// Whether the notifications that came before this listener was started are known all the same.
    let knowsEarlierNotifications: Bool
    /// The gates that wait for output.
    var output = OutputGates()
    /// Which process makes each attempt, and by which of its gates.
    var attempts: [Int: (process: Int, gate: Int)] = [:]
    private var lastAttempt = 0
    /// What has been decided since the last call of ``decide(at:)``.
    private var decisions: [GateDecision] = []
    /// When something is due by itself; nil if nothing is.
    private(set) var next: ContinuousClock.Instant?
    /// Whether the present state may lead to decisions.
    var hasNews = true

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
        for index in processes.indices {
            cancelAttempts(of: index)
        }
        let old = processes
        let oldIndices = indices
        processes = []
        indices = [:]
        add(plan)
        for index in processes.indices {
            if let known = oldIndices[processes[index].name] {
                processes[index].continue(from: old[known])
                if old[known].isReady, !processes[index].isReady {
                    decide(.becameUnready(processes[index].name))
                }
            }
        }
        for process in old where indices[process.name].map({ processes[$0].gates != process.gates }) ?? true {
            output.unwatch(process.name)
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
                let seconds = process.timeout.map { $0.inShortSeconds } ?? ""
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
