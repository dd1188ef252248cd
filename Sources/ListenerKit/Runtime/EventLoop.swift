import Synchronization

/// Waits for input and timers, and runs tasks, on one thread as long as nothing blocks it.
///
/// Input is read, handed to handlers and acknowledged without crossing threads while handlers are quick, because a crossing
/// costs more than most handlers do. For the same reason one task, the worker, waits for input and calls the handlers:
/// nothing is enqueued or resumed as long as no handler suspends. If one does, the leading thread hires another worker in the
/// place of the suspended one.
///
/// A handler that blocks its thread does not hold up the rest either: a deputy thread notices within some tens of
/// milliseconds and leads the loop from there; the blocked thread ends when it comes back. Nothing wakes up while nothing
/// happens: the deputy sleeps too.
final class EventLoop: TaskExecutor {
    typealias Timer = Timers.Timer

    /// Identifies a task that waits for input and calls handlers.
    struct Worker: Equatable, Sendable {
        fileprivate let number: UInt64
    }

    /// The body of a worker; see ``look(as:)``.
    typealias Work = @Sendable (Worker) async -> Void

    struct Source {
        let descriptor: Int32
        let action: @Sendable () -> Void
    }

    struct State {
        var jobs = Queue<UnownedJob>()
        /// How many jobs have been run since input and timers were last looked at.
        var jobsInARow = 0
        /// The thread that leads.
        var leader: UInt = 0
        /// Whether the leader runs something that may block.
        var isBusy = false
        /// How many jobs and calls have begun, and how many had when the deputy last looked.
        var beginnings: UInt64 = 0
        var beginningsSeen: UInt64 = 0
        var isDeputyAwake = false
        /// The worker that looks at input and timers; `nil` while it calls a handler, because it may be suspended there.
        var activeWorker: Worker?
        private var lastWorker: UInt64 = 0
        /// Whether the active worker sleeps until input or a deadline comes, or a signal.
        var isPolling = false
        /// Whether the active worker was asked to look around since it last began to.
        ///
        /// Without this, a request that comes just after it has looked, and before it sleeps, would be lost.
        var mustLookAgain = false
        var sources: [Source] = [] {
            didSet { descriptors = [wakeUp] + sources.map { $0.descriptor } }
        }
        /// The descriptors to poll: the sources, and what wakes the active worker.
        private(set) var descriptors: [Int32]
        private let wakeUp: Int32
        var timers = Timers()
        var isFinished = false

        init(wakeUp: Int32) {
            self.wakeUp = wakeUp
            descriptors = [wakeUp]
        }

        /// Makes a new worker the active one.
        mutating func hireWorker() -> Worker {
            lastWorker += 1
            let worker = Worker(number: lastWorker)
            activeWorker = worker
            // The one before may have been suspended with work left over.
            mustLookAgain = true
            return worker
        }

        /// Records that the leader begins something that may block.
        ///
        /// - Returns: Whether the deputy must be woken.
        mutating func beginSomething() -> Bool {
            isBusy = true
            beginnings &+= 1
            guard !isDeputyAwake else {
                return false
            }
            isDeputyAwake = true
            beginningsSeen = beginnings
            return true
        }
    }

    let state: Mutex<State>
    let wakeUp: WakeUp
    let deputyAlarm = Semaphore()

    /// Opens what wakes the loop.
    ///
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    init() throws(SystemError) {
        wakeUp = try WakeUp.make()
        state = Mutex(State(wakeUp: wakeUp.fileDescriptor))
    }

    /// Leads the loop; returns when it is finished, or when another thread has taken the lead.
    ///
    /// - Parameter work: Run as a task whenever there is no active worker; see ``look(as:)``.
    /// - Throws: ``SystemError`` if the system refuses one more thread.
    func run(_ work: @escaping Work) throws(SystemError) {
        state.withLock { $0.leader = currentThread() }
        try startDeputy(work)
        lead(work)
    }

    /// Ends the loop as soon as the leader has finished what it is running.
    func finish() {
        wake { $0.isFinished = true }
        deputyAlarm.signal()
    }

    /// Calls an action whenever a descriptor is readable or at its end; the action must be quick.
    func watch(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
        wake { $0.sources.append(Source(descriptor: descriptor, action: action)) }
    }

    /// Stops watching a descriptor.
    func unwatch(_ descriptor: Int32) {
        state.withLock { state in state.sources.removeAll { $0.descriptor == descriptor } }
    }

    /// Calls an action at some time; the action must be quick.
    @discardableResult
    func schedule(at deadline: MonotonicTime, _ action: @escaping @Sendable () -> Void) -> Timer {
        wake { $0.timers.add(at: deadline, action) }
    }

    /// Cancels an action, unless its time has come.
    func cancel(_ timer: Timer) {
        state.withLock { $0.timers.cancel(timer) }
    }

    /// Suspends a task of this loop.
    func sleep(until deadline: MonotonicTime) async {
        await withUnsafeContinuation { continuation in
            _ = schedule(at: deadline) { continuation.resume() }
        }
    }

    /// Has a piece of a task run; called by the language's runtime, on any thread.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        wake { $0.jobs.append(job) }
    }

    /// Makes the active worker look around once more, after this moment; called on any thread.
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
