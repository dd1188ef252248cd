import ListenerKit
import Synchronization

/// A value that many threads change, and on facts of which tasks and threads can wait.
package final class Monitor<State: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let isSatisfied: @Sendable (State) -> Bool
        var outcome: Bool?
        var resume: (@Sendable (Bool) -> Void)?
    }

    private struct Guarded: Sendable {
        var state: State
        var waiters: [UInt64: Waiter] = [:]
        var lastWaiter: UInt64 = 0
    }

    private let guarded: Mutex<Guarded>

    /// Creates a monitor of a value.
    package init(_ state: State) {
        guarded = Mutex(Guarded(state: state))
    }

    /// Reads or changes the value under a lock, and resumes those who wait for what it has become.
    package func withLock<Value: Sendable, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let (value, resumptions) = try guarded.withLock { guarded throws(Failure) in
            let value = try body(&guarded.state)
            return (value, Self.settleSatisfied(&guarded))
        }
        for resume in resumptions {
            resume(true)
        }
        return value
    }

    /// Waits until the value satisfies a condition.
    ///
    /// - Returns: Whether it did within the limit.
    package func wait(
        within limit: Duration,
        until isSatisfied: @escaping @Sendable (State) -> Bool
    ) async -> Bool {
        let waiter = add(isSatisfied)
        let timer = Task {
            try await Task.sleep(for: limit)
            settle(waiter, false)
        }
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            attach(waiter) { continuation.resume(returning: $0) }
        }
    }

    /// Blocks this thread until the value satisfies a condition.
    package func waitBlocking(until isSatisfied: @escaping @Sendable (State) -> Bool) {
        let semaphore = Semaphore()
        attach(add(isSatisfied)) { _ in semaphore.signal() }
        semaphore.wait()
    }

    private func add(_ isSatisfied: @escaping @Sendable (State) -> Bool) -> UInt64 {
        guarded.withLock { guarded in
            guarded.lastWaiter += 1
            let outcome = isSatisfied(guarded.state) ? true : nil
            guarded.waiters[guarded.lastWaiter] = Waiter(isSatisfied: isSatisfied, outcome: outcome)
            return guarded.lastWaiter
        }
    }

    private func attach(_ waiter: UInt64, _ resume: @escaping @Sendable (Bool) -> Void) {
        let outcome = guarded.withLock { guarded in
            guard let outcome = guarded.waiters[waiter]?.outcome else {
                guarded.waiters[waiter]?.resume = resume
                return Bool?.none
            }
            guarded.waiters[waiter] = nil
            return outcome
        }
        if let outcome {
            resume(outcome)
        }
    }

    private func settle(_ waiter: UInt64, _ outcome: Bool) {
        let resume = guarded.withLock { guarded in Self.settle(waiter, outcome, &guarded) }
        resume?(outcome)
    }

    private static func settle(
        _ waiter: UInt64,
        _ outcome: Bool,
        _ guarded: inout Guarded
    ) -> (@Sendable (Bool) -> Void)? {
        guard let resume = guarded.waiters[waiter]?.resume else {
            // The wait has not begun yet, and will find the outcome when it does.
            let first = guarded.waiters[waiter]?.outcome ?? outcome
            guarded.waiters[waiter]?.outcome = first
            return nil
        }
        guarded.waiters[waiter] = nil
        return resume
    }

    private static func settleSatisfied(_ guarded: inout Guarded) -> [@Sendable (Bool) -> Void] {
        let satisfied = guarded.waiters.filter { $0.value.outcome == nil && $0.value.isSatisfied(guarded.state) }
        return satisfied.keys.compactMap { settle($0, true, &guarded) }
    }
}
