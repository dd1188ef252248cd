import Glibc
import Synchronization

/// A thread that waits for any number of descriptors and times, and calls actions.
///
/// The thread is started with the first action, and sleeps as long as nothing happens. All actions are called on it, one after
/// the other, and must not block.
package final class PollThread: Sendable {
    /// Something that a descriptor can be ready for.
    package enum Readiness: Sendable {
        /// There is input, or the end of it.
        case readable
        /// There is room for output, a connection is made, or it has failed.
        case writable
    }

    /// An action that was scheduled.
    package typealias Timer = Timers.Timer

    private struct Source {
        /// Tells it from another one whose descriptor has the same number, because the first one was closed.
        let number: UInt64
        let request: pollfd
        let action: @Sendable () -> Void
    }

    private struct State {
        var sources: [Source] = []
        var lastNumber: UInt64 = 0
        var timers = Timers()
        var actions = Queue<@Sendable () -> Void>()
        var isRunning = false
        /// Whether the thread sleeps, or is about to, with what was known before.
        var isAsleep = false
        var isFinished = false
    }

    private let state = Mutex(State())
    private let wakeUp: WakeUp

    /// Opens what wakes the thread.
    ///
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    package init() throws(SystemError) {
        wakeUp = try WakeUp.make()
    }

    /// Starts the thread, unless it runs; without this call it is started with the first action.
    ///
    /// - Throws: ``SystemError`` if the system refuses to start another thread; each later call tries again.
    package func start() throws(SystemError) {
        let mustStart = state.withLock { state in
            defer { state.isRunning = true }
            return !state.isRunning && !state.isFinished
        }
        guard mustStart else {
            return
        }
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in run() }
        } catch {
            state.withLock { $0.isRunning = false }
            throw error
        }
    }

    /// Calls an action whenever a descriptor is ready or broken, until ``unwatch(_:)``.
    ///
    /// The action must read or write, or stop watching: otherwise it is called again at once.
    package func watch(_ descriptor: Int32, for readiness: Readiness, _ action: @escaping @Sendable () -> Void) {
        let events = Int16(readiness == .readable ? POLLIN : POLLOUT)
        add { state in
            state.lastNumber += 1
            let request = pollfd(fd: descriptor, events: events, revents: 0)
            state.sources.append(Source(number: state.lastNumber, request: request, action: action))
        }
    }

    /// Stops watching a descriptor; must be called before it is closed.
    package func unwatch(_ descriptor: Int32) {
        removeSources { $0.request.fd == descriptor }
    }

    /// Calls an action at some time.
    package func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> Timer {
        let deadline = MonotonicTime.now + delay
        return add { $0.timers.add(at: deadline, action) }
    }

    /// Cancels an action, unless its time has come.
    package func cancel(_ timer: Timer) {
        state.withLock { $0.timers.cancel(timer) }
    }

    /// Calls an action as soon as possible.
    package func perform(_ action: @escaping @Sendable () -> Void) {
        add { $0.actions.append(action) }
    }

    /// Ends the thread; no action is called afterwards, except for one that is being called.
    package func finish() {
        change { $0.isFinished = true }
    }

    /// Adds something, for which the thread must run.
    private func add<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let value = change(body)
        // Without a thread, the next call tries again.
        try? start()
        return value
    }

    private func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, mustWake) = state.withLock { state in
            defer { state.isAsleep = false }
            return (body(&state), state.isAsleep)
        }
        if mustWake {
            wakeUp.signal()
        }
        return value
    }

    private func removeSources(_ isUnwanted: (Source) -> Bool) {
        // The thread has to know it before the descriptor is closed: while it polls a socket, that is not really closed.
        // The actions are released outside of the lock, because what they hold may do anything when it goes.
        withExtendedLifetime(
            change { state in
                let removed = state.sources.filter(isUnwanted)
                state.sources.removeAll(where: isUnwanted)
                return removed
            }
        ) {}
    }
}

/// What runs on the thread.
extension PollThread {
    private func run() {
        var sources: [Source] = []
        while let timeout = prepareToSleep(&sources) {
            let ready = wait(for: sources, timeout)
            state.withLock { $0.isAsleep = false }
            runActions()
            // An action before may have stopped watching the next one.
            for source in ready where isWatched(source) {
                source.action()
            }
            runTimers()
        }
        releaseAll()
    }

    /// Returns for how many milliseconds the thread may sleep, and the sources to poll; nil if it is to end.
    private func prepareToSleep(_ sources: inout [Source]) -> Int32? {
        let (current, timeout): ([Source], Int32?) = state.withLock { state in
            guard !state.isFinished else {
                return ([], nil)
            }
            state.isAsleep = true
            let timeout = state.actions.isEmpty ? state.timers.nextDeadline.map { $0.millisecondsLeft } ?? -1 : 0
            return (state.sources, timeout)
        }
        sources = current
        return timeout
    }

    private func isWatched(_ source: Source) -> Bool {
        state.withLock { state in !state.isFinished && state.sources.contains { $0.number == source.number } }
    }

    private func runActions() {
        // Those that they add come later, so that they hold up nothing.
        let count = state.withLock { $0.actions.count }
        for _ in 0..<count {
            let action = state.withLock { $0.isFinished ? nil : $0.actions.popFirst() }
            action?()
        }
    }

    private func runTimers() {
        let now = MonotonicTime.now
        while let action = state.withLock({ $0.isFinished ? nil : $0.timers.popDue(at: now) }) {
            action()
        }
    }

    /// Releases all actions, outside of the lock: what they hold may do anything when it goes.
    private func releaseAll() {
        let rest = state.withLock { state in
            defer {
                state.sources = []
                state.timers = Timers()
                state.actions = Queue()
            }
            return (state.sources, state.timers, state.actions)
        }
        withExtendedLifetime(rest) {}
    }

    /// Polls.
    ///
    /// - Parameters:
    ///   - sources: The sources to poll.
    ///   - timeout: For how many milliseconds at most.
    /// - Returns: The sources that are ready or broken.
    private func wait(for sources: [Source], _ timeout: Int32) -> [Source] {
        withUnsafeTemporaryAllocation(of: pollfd.self, capacity: sources.count + 1) { requests in
            let own = pollfd(fd: wakeUp.fileDescriptor, events: Int16(POLLIN), revents: 0)
            requests.initializeElement(at: 0, to: own)
            for index in sources.indices {
                requests.initializeElement(at: index + 1, to: sources[index].request)
            }
            let count = retryOnInterrupt { poll(requests.baseAddress, nfds_t(requests.count), timeout) }
            guard count > 0 else {
                if count < 0 {
                    // The system has no memory: without a pause this thread would take a whole processor.
                    pause(for: .milliseconds(10))
                }
                return []
            }
            if requests[0].revents != 0 {
                wakeUp.clear()
            }
            return sources.indices.compactMap { index in
                let events = requests[index + 1].revents
                if events & Int16(POLLNVAL) != 0 {
                    forgetClosed(sources[index])
                }
                return events & ~Int16(POLLNVAL) != 0 ? sources[index] : nil
            }
        }
    }

    /// Stops watching a source whose descriptor was closed: the thread would never sleep again.
    private func forgetClosed(_ source: Source) {
        removeSources { $0.number == source.number }
    }
}
