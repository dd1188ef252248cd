import Foundation
import ListenerKit
import Synchronization
import Testing

@Suite struct ThreadTests {
    @Test func theWorkRunsOnAThreadOfItsOwn() async throws {
        let threads = try await withThrowingTaskGroup(of: UInt.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await onThread {
                        usleep(50_000)
                        return UInt(pthread_self())
                    }
                }
            }
            var threads: Set<UInt> = []
            for try await thread in group {
                threads.insert(thread)
            }
            return threads
        }
        #expect(threads.count == 8)
    }

    @Test func moreWorkThanThereAreSharedThreadsWaitsTogether() async throws {
        // Each waits for all others, which on shared threads would last for ever.
        let count = 64
        let arrived = Counter()
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<count {
                group.addTask {
                    try await onThread {
                        arrived.value.add(1, ordering: .relaxed)
                        while arrived.value.load(ordering: .relaxed) < count {
                            usleep(1000)
                        }
                        return number
                    }
                }
            }
            var results: [Int] = []
            for try await result in group {
                results.append(result)
            }
            return results
        }
        #expect(results.sorted() == Array(0..<count))
    }

    @Test func theThreadTakesNoSignals() async throws {
        let blocked = try await onThread {
            var mask = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            return sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGCHLD) == 1
        }
        #expect(blocked)
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }
}
