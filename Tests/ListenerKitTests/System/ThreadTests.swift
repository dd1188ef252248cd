import Foundation
import ListenerKit
import Synchronization
import Testing

@Suite struct ThreadTests {
    @Test func eachWorkRunsOnAThreadOfItsOwn() async throws {
        // Each waits for all others, which on shared threads would last for ever.
        let count = 64
        let arrived = Counter()
        let results = try await withThrowingTaskGroup(of: (number: Int, thread: UInt).self) { group in
            for number in 0..<count {
                group.addTask {
                    try await onThread {
                        arrived.value.add(1, ordering: .relaxed)
                        while arrived.value.load(ordering: .relaxed) < count {
                            usleep(1000)
                        }
                        return (number, UInt(pthread_self()))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.map { $0.number }.sorted() == Array(0..<count))
        #expect(Set(results.map { $0.thread }).count == count)
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
