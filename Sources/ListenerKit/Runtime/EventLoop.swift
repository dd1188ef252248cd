import Synchronization

/// Waits for input and for the time to pass, and runs what handlers do, on one thread for as long as nothing blocks it.
///
/// Input is read, handed to handlers and acknowledged without crossing threads while handlers are quick, because a crossing
/// costs more than most handlers do. A handler that blocks its thread does not hold up the rest: a deputy thread notices
/// within some tens of milliseconds and leads the loop from there; the blocked thread ends when it comes back. Nothing
/// wakes up while nothing happens: the deputy sleeps too.
final class EventLoop: TaskExecutor {
    /// Stands for something that was planned for a moment to come.
    struct Timer: Equatable, Sendable {
        fileprivate let number: UInt64
    }

    /// A class, because moments of the language's clock cost a lot to copy.
    private final class Plan: Sendable {
        let timer: Timer
        let deadline: ContinuousClock.Instant
        let action: @Sendable () -> Void

        init(timer: Timer, deadline: ContinuousClock.Instant, action: @escaping @Sendable () -> Void) {
            self.timer = timer
            self.deadline = deadline
            self.action = action
        }
    }

    private struct Source {
        let descriptor: Int32
        let action: @Sendable () -> Void
    }

    private struct State {
        var jobs = Queue<UnownedJob>()
        /// Which thread leads; whoever took the lead later has a higher number.
        var leader = 0
        var isPolling = false
        /// Whether the leader was asked to look around since it last began to.
        ///
        /// Without this, whoever asks just after it has looked, and before it waits, would not be heard.
        var mustLookAgain = false
        /// Whether the leader is at a job.
        var isBusy = false
        /// How many jobs have begun, and how many had when the deputy last looked.
        var jobsBegun: UInt64 = 0
        var jobsSeen: UInt64 = 0
        var isDeputyAwake = false
        /// How many jobs have been run since the leader last looked at input and timers.
        var jobsInARow = 0
        var sources: [Source] = [] {
            didSet { descriptors = [wakeUp] + sources.map { $0.descriptor } }
        }
        /// What to poll: the sources, and what wakes the leader.
        private(set) var descriptors: [Int32]
        private let wakeUp: Int32
        /// Sorted by deadline, the next one last.
        var plans: [Plan] = []
        var lastTimer: UInt64 = 0
        var isFinished = false

        init(wakeUp: Int32) {
            self.wakeUp = wakeUp
            descriptors = [wakeUp]
        }

        /// Whether there is nothing to do before input comes, or the time of a timer.
        var isAtRest: Bool { jobs.isEmpty && !mustLookAgain }
    }

    private enum Step {
        case run(UnownedJob)
        case wait
        case leave
    }

    /// A job that takes longer than this is run on by its thread alone, while another one leads.
    private static let timeout = Duration.milliseconds(20)

    /// So many jobs at most are run between two looks at input and timers: tasks that yield in turn never come to rest.
    private static let longestRow = 32

    private let state: Mutex<State>
    private let wakeUp: WakeUp
    private let deputyAlarm = Semaphore()

    init() throws(SystemError) {
        wakeUp = try WakeUp.make()
        state = Mutex(State(wakeUp: wakeUp.fileDescriptor))
    }

    /// Leads the loop; returns when it is finished, or when another thread has taken the lead.
    ///
    /// - Parameter whenIdle: Called by the leader before it looks at input and timers; it must be quick.
    /// - Throws: ``SystemError`` where the system refuses one more thread.
    func run(whenIdle: @escaping @Sendable () -> Void) throws(SystemError) {
        try startDeputy(whenIdle)
        lead(as: 0, whenIdle)
    }

    /// Ends the loop as soon as the leader has finished what it is at.
    func finish() {
        wake { $0.isFinished = true }
        deputyAlarm.signal()
    }

    /// Calls an action whenever a descriptor is readable or at its end; the action must be quick.
    func watch(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
        wake { $0.sources.append(Source(descriptor: descriptor, action: action)) }
    }

    /// Watches a descriptor no more.
    func unwatch(_ descriptor: Int32) {
        state.withLock { state in state.sources.removeAll { $0.descriptor == descriptor } }
    }

    /// Calls an action at some time; the action must be quick.
    @discardableResult
    func schedule(at deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> Timer {
        wake { state in
            state.lastTimer += 1
            let timer = Timer(number: state.lastTimer)
            let index = state.plans.firstIndex { $0.deadline <= deadline } ?? state.plans.endIndex
            state.plans.insert(Plan(timer: timer, deadline: deadline, action: action), at: index)
            return timer
        }
    }

    /// Forgets what was planned, unless it has been done.
    func cancel(_ timer: Timer) {
        state.withLock { state in state.plans.removeAll { $0.timer == timer } }
    }

    /// Suspends a task of this loop.
    func sleep(until deadline: ContinuousClock.Instant) async {
        await withUnsafeContinuation { continuation in
            _ = schedule(at: deadline) { continuation.resume() }
        }
    }

    /// Takes a piece of a task to be run; called by the language's runtime, on any thread.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        wake { $0.jobs.append(job) }
    }

    /// Makes the leader call what it calls when it is idle, after this moment.
    func wake() {
        wake { $0.mustLookAgain = true }
    }

    private func wake<Value: Sendable>(after change: (inout State) -> Value) -> Value {
        let (value, mustSignal) = state.withLock { state in
            defer { state.isPolling = false }
            return (change(&state), state.isPolling)
        }
        if mustSignal {
            wakeUp.signal()
        }
        return value
    }
}

// MARK: - The leader

extension EventLoop {
    private func lead(as leader: Int, _ whenIdle: @escaping @Sendable () -> Void) {
        while true {
            switch nextStep(as: leader, whenIdle) {
            case .run(let job):
                job.runSynchronously(on: asUnownedTaskExecutor())
            case .wait:
                wait()
            case .leave:
                return
            }
        }
    }

    private func nextStep(as leader: Int, _ whenIdle: () -> Void) -> Step {
        if let step = nextJob(as: leader) {
            return step
        }
        whenIdle()
        return nextJob(as: leader, mayPoll: true) ?? .leave
    }

    /// The next job, or what to wait for where it is time for that; `nil` where it is, and waiting is not yet allowed.
    private func nextJob(as leader: Int, mayPoll: Bool = false) -> Step? {
        let (step, mustWakeDeputy): (Step?, Bool) = state.withLock { state in
            guard state.leader == leader, !state.isFinished else {
                return (.leave, false)
            }
            if state.jobsInARow < Self.longestRow, let job = state.jobs.popFirst() {
                state.jobsInARow += 1
                state.isBusy = true
                state.jobsBegun += 1
                guard !state.isDeputyAwake else {
                    return (.run(job), false)
                }
                state.isDeputyAwake = true
                state.jobsSeen = state.jobsBegun
                return (.run(job), true)
            }
            state.isBusy = false
            guard mayPoll else {
                state.mustLookAgain = false
                return (nil, false)
            }
            state.jobsInARow = 0
            state.isPolling = state.isAtRest
            return (.wait, false)
        }
        if mustWakeDeputy {
            deputyAlarm.signal()
        }
        return step
    }

    private func wait() {
        // Who adds something from here on wakes the leader, which counts as polling already.
        let (descriptors, deadline) = state.withLock { state in
            // Only a glance, where there is something to do all the same.
            (state.descriptors, state.isAtRest ? state.plans.last?.deadline : .now)
        }
        let ready = poll(for: descriptors, until: deadline)
        state.withLock { $0.isPolling = false }
        if ready.contains(wakeUp.fileDescriptor) {
            wakeUp.clear()
        }
        for descriptor in ready {
            let source = state.withLock { state in state.sources.first { $0.descriptor == descriptor } }
            source?.action()
        }
        if deadline != nil {
            runDueTimers()
        }
    }

    private func runDueTimers() {
        let now = ContinuousClock.now
        while let plan = state.withLock({ state in
            state.plans.last.flatMap { $0.deadline <= now ? state.plans.popLast() : nil }
        }) {
            plan.action()
        }
    }
}

// MARK: - The deputy

extension EventLoop {
    private func startDeputy(_ whenIdle: @escaping @Sendable () -> Void) throws(SystemError) {
        try startThread { [self] in
            deputise(whenIdle)
        }
    }

    /// Sleeps while nothing runs, watches while something does, and leads where the leader is blocked.
    private func deputise(_ whenIdle: @escaping @Sendable () -> Void) {
        while true {
            deputyAlarm.wait()
            while true {
                pause(for: Self.timeout)
                switch takeLeadIfBlocked() {
                case .sleep: break
                case .watch: continue
                case .lead(let leader):
                    // Without a thread to spare the loop goes on all the same, and waits for whatever blocks it next.
                    try? startDeputy(whenIdle)
                    lead(as: leader, whenIdle)
                    return
                case .leave: return
                }
                break
            }
        }
    }

    private enum Duty {
        case sleep, watch, leave
        case lead(Int)
    }

    private func takeLeadIfBlocked() -> Duty {
        state.withLock { state in
            if state.isFinished {
                return .leave
            }
            guard state.jobsBegun == state.jobsSeen else {
                state.jobsSeen = state.jobsBegun
                return .watch
            }
            state.isDeputyAwake = false
            guard state.isBusy else {
                return .sleep
            }
            // All that time it has been at the same job.
            state.leader += 1
            state.isBusy = false
            return .lead(state.leader)
        }
    }
}
