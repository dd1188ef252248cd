import ListenerKit

/// One process with gates.
struct GatedProcess {
    /// How far supervisord has come with it.
    enum Phase: Comparable {
        /// It does not run.
        case down
        /// It is STARTING.
        case starting
        /// It is RUNNING.
        case running
    }

    let name: ProcessName
    let gates: [Gate]
    /// `ready_timeout=`.
    let timeout: Duration?
    /// `startsecs=`.
    let startSeconds: Int

    private(set) var phase = Phase.down
    private(set) var pid: Int?
    /// How its gates stand, in their order.
    var states: [GateState]
    /// What it has said of itself.
    private(set) var notification = NotificationState()
    /// What the process had said of itself that was last known by a pid: an event that comes late does not make it unsaid.
    private var earlier: (pid: Int, notification: NotificationState)?
    /// Since when it runs.
    private(set) var start: ContinuousClock.Instant?
    /// When its gates have to have passed.
    private(set) var deadline: ContinuousClock.Instant?
    /// Whether all of its gates have passed while it is RUNNING.
    var isReady = false
    /// Whether they had all passed once since it was started; after that, no time is over.
    var wasReady = false
    /// Why it counts as failed; the words follow "is".
    var failure: String?
    /// Whether a program waits for it.
    var isAwaited = false
    /// When its last event came: what a snapshot from before that says is outdated.
    var lastEvent: ContinuousClock.Instant?
    /// Whether supervisord has been asked to start it, and has not told yet that it did.
    private var isStartAwaited = false

    init(_ name: ProcessName, _ gates: [Gate], timeout: Duration?, startSeconds: Int) {
        self.name = name
        self.gates = gates
        self.timeout = timeout
        self.startSeconds = startSeconds
        states = Array(repeating: GateState(), count: gates.count)
    }

    /// Whether a gate that is shut can be tried now: not before RUNNING, unless that takes long.
    var canBeTried: Bool {
        switch phase {
        case .down: false
        case .starting: startSeconds > 1
        case .running: true
        }
    }

    /// Whether one of its gates cannot pass.
    var hasUnreadableGate: Bool {
        gates.contains { $0.unreadableReason != nil }
    }

    /// Begins anew, because the process was started.
    ///
    /// - Parameters:
    ///   - time: When it was started.
    ///   - isAsked: Whether supervisord has only answered that it starts it; the event that tells of the same start comes later.
    /// - Returns: Whether this is a new start, and not one that was known already.
    mutating func open(at time: ContinuousClock.Instant, isAsked: Bool) -> Bool {
        guard isAsked || !isStartAwaited || phase == .down else {
            isStartAwaited = false
            return false
        }
        reset()
        phase = .starting
        start = time
        isStartAwaited = isAsked
        return true
    }

    /// Records that no event is awaited any more of the start that is known.
    mutating func confirmStart() {
        isStartAwaited = false
    }

    /// Records that it does not run any more.
    mutating func shut() {
        reset()
        earlier = nil
    }

    private mutating func reset() {
        if let pid {
            earlier = (pid, notification)
        }
        phase = .down
        pid = nil
        start = nil
        deadline = nil
        failure = nil
        isReady = false
        wasReady = false
        isStartAwaited = false
        notification = NotificationState()
        states = Array(repeating: GateState(), count: gates.count)
    }

    /// Records that it is RUNNING.
    ///
    /// - Parameter time: Since when.
    mutating func run(since time: ContinuousClock.Instant) {
        guard phase != .running else {
            return
        }
        phase = .running
        start = start ?? time
        deadline = timeout.map { time + $0 }
    }

    /// Records its pid.
    mutating func identify(_ pid: Int) {
        guard self.pid != pid else {
            return
        }
        self.pid = pid
        if let earlier, earlier.pid == pid {
            notification = earlier.notification
            updateNotificationGates()
        }
    }

    /// Follows what it has said of itself.
    mutating func apply(_ received: ReceivedNotification, at now: ContinuousClock.Instant) {
        if let extended = notification.apply(received), let deadline {
            self.deadline = max(deadline, now + extended)
        }
        updateNotificationGates()
    }

    private mutating func updateNotificationGates() {
        for index in gates.indices {
            if case .notification = gates[index].kind {
                states[index].hasPassed = notification.isReady
                states[index].lastAnswer = notification.problem
            }
        }
    }

    /// Opens the gates that depend on what the process said when nobody listened: it was up before the listener.
    ///
    /// - Parameter includesNotifications: Whether notifications were lost, too.
    mutating func openMissedGates(includesNotifications: Bool) {
        for index in gates.indices {
            switch gates[index].kind {
            case .log, .message: states[index].hasPassed = true
            case .notification(let address):
                states[index].hasPassed = notification.isReady || includesNotifications || address != nil
            case .probe, .unreadable: break
            }
        }
    }

    /// Records that all gates are to be taken for passed, or for shut, as a test says.
    mutating func declare(isReady: Bool) {
        for index in states.indices {
            states[index].hasPassed = isReady
        }
    }

    /// Goes on with what is known of the same process under another configuration.
    mutating func `continue`(from old: GatedProcess) {
        phase = old.phase
        pid = old.pid
        start = old.start
        notification = old.notification
        lastEvent = old.lastEvent
        isAwaited = old.isAwaited
        isStartAwaited = old.isStartAwaited
        guard gates != old.gates || timeout != old.timeout else {
            states = old.states
            deadline = old.deadline
            isReady = old.isReady
            wasReady = old.wasReady
            failure = old.failure
            return
        }
        if phase == .running, let start {
            deadline = timeout.map { start + $0 }
        }
        if phase != .down {
            openMissedGates(includesNotifications: false)
            updateNotificationGates()
        }
    }
}

extension GatedProcess {
    /// The gates that have not passed, with what is known of each: `tcp://db:5432 (connection refused, tried 12 times)`.
    var openGates: String {
        report.gates.filter { !$0.hasPassed }.map { "\($0)" }.joined(separator: "; ")
    }

    /// How it stands, for `listenerd status`.
    var report: GateReport.Process {
        GateReport.Process(
            name: name,
            pid: pid,
            isReady: isReady,
            failure: failure,
            statusText: notification.text,
            gates: zip(gates, states).map { gate, state in
                GateReport.GateStatus(
                    text: gate.text,
                    hasPassed: state.hasPassed,
                    attempts: state.attempts,
                    lastAnswer: gate.unreadableReason ?? state.lastAnswer
                )
            }
        )
    }
}

extension Gate {
    /// Why it can never pass; nil if it can.
    fileprivate var unreadableReason: String? {
        if case .unreadable(let reason) = kind { reason } else { nil }
    }
}
