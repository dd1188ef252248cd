#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

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
        let descriptor: Int32
        let readiness: Readiness
        let action: @Sendable () -> Void
    }

    private struct State {
        var sources: [Source] = []
        var timers = Timers()
        var actions = Queue<@Sendable () -> Void>()
        var isRunning = false
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

    /// Calls an action whenever a descriptor is ready, until ``unwatch(_:)``.
    package func watch(_ descriptor: Int32, for readiness: Readiness, _ action: @escaping @Sendable () -> Void) {
        change { $0.sources.append(Source(descriptor: descriptor, readiness: readiness, action: action)) }
    }

    /// Stops watching a descriptor; must be called before it is closed.
    package func unwatch(_ descriptor: Int32) {
        state.withLock { state in state.sources.removeAll { $0.descriptor == descriptor } }
    }

    /// Calls an action at some time.
    package func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> Timer {
        let deadline = MonotonicTime.now + delay
        return change { $0.timers.add(at: deadline, action) }
    }

    /// Cancels an action, unless its time has come.
    package func cancel(_ timer: Timer) {
        state.withLock { $0.timers.cancel(timer) }
    }

    /// Calls an action as soon as possible.
    package func perform(_ action: @escaping @Sendable () -> Void) {
        change { $0.actions.append(action) }
    }

    /// Ends the thread; no action is called afterwards, except for one that is being called.
    package func finish() {
        change { state in
            state.isFinished = true
            state.sources = []
            state.timers = Timers()
        }
    }

    private func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, mustStart) = state.withLock { state in
            let value = body(&state)
            defer { state.isRunning = true }
            return (value, !state.isRunning && !state.isFinished)
        }
        if mustStart {
            start()
        } else {
            wakeUp.signal()
        }
        return value
    }

    private func start() {
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in run() }
        } catch {
            // The next change tries again.
            state.withLock { $0.isRunning = false }
        }
    }

    private func run() {
        while true {
            let (entries, deadline, isFinished) = state.withLock { state in
                (state.sources.map { ($0.descriptor, $0.readiness) }, state.timers.nextDeadline, state.isFinished)
            }
            guard !isFinished else {
                return
            }
            let ready = wait(for: entries, until: deadline)
            wakeUp.clear()
            runActions()
            for descriptor in ready {
                // An action before this one may have stopped watching it.
                let action = state.withLock { state in state.sources.first { $0.descriptor == descriptor }?.action }
                action?()
            }
            runTimers()
        }
    }

    private func runActions() {
        while let action = state.withLock({ $0.isFinished ? nil : $0.actions.popFirst() }) {
            action()
        }
    }

    private func runTimers() {
        let now = MonotonicTime.now
        while let action = state.withLock({ $0.timers.popDue(at: now) }) {
            action()
        }
    }

    private func wait(for entries: [(Int32, Readiness)], until deadline: MonotonicTime?) -> [Int32] {
        let hasActions = state.withLock { !$0.actions.isEmpty }
        return withUnsafeTemporaryAllocation(of: pollfd.self, capacity: entries.count + 1) { requests in
            requests.initializeElement(
                at: 0,
                to: pollfd(fd: wakeUp.fileDescriptor, events: Int16(POLLIN), revents: 0)
            )
            for (index, (descriptor, readiness)) in entries.enumerated() {
                let events = readiness == .readable ? POLLIN : POLLOUT
                requests.initializeElement(
                    at: index + 1,
                    to: pollfd(fd: descriptor, events: Int16(events), revents: 0)
                )
            }
            let timeout = hasActions ? 0 : deadline.map { $0.millisecondsLeft } ?? -1
            let count = retryOnInterrupt { poll(requests.baseAddress, nfds_t(requests.count), timeout) }
            guard count > 0 else {
                return []
            }
            return requests.dropFirst().compactMap { $0.revents != 0 ? $0.fd : nil }
        }
    }
}
