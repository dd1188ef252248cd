import Synchronization
import Testing

@testable import ListenerKit

@Suite struct StartLockTests {
    /// How many hold the lock at once.
    private final class Holders: Sendable {
        let count = Mutex((now: 0, most: 0))

        func enter() {
            count.withLock { count in
                count.now += 1
                count.most = max(count.most, count.now)
            }
        }

        func leave() {
            count.withLock { $0.now -= 1 }
        }
    }

    @Test func holdersOfTheLockWaitForEachOther() async throws {
        let lock = StartLock()
        let holders = Holders()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await onThread {
                        lock.hold(timeout: .seconds(60)) {
                            holders.enter()
                            pause(for: .milliseconds(2))
                            holders.leave()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(holders.count.withLock { $0.most } == 1)
    }

    @Test func waitersGiveUpAtTheTimeoutAndTheHolderKeepsTheLock() {
        let lock = StartLock()
        var order: [String] = []
        lock.hold(timeout: .zero) {
            lock.hold(timeout: .milliseconds(5)) { order.append("inner") }
            lock.hold(timeout: .zero) { order.append("second") }
        }
        lock.hold(timeout: .zero) { order.append("after") }
        #expect(order == ["inner", "second", "after"])
    }

    @Test func anErrorGivesItBack() {
        let lock = StartLock()
        #expect(throws: MessageError.interrupted) {
            try lock.hold(timeout: .zero) { () throws(MessageError) in throw .interrupted }
        }
        let clock = ContinuousClock.now
        lock.hold(timeout: .seconds(600)) {}
        #expect(clock.duration(to: .now) < .seconds(300))
    }
}
