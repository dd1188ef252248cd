import ExecutableTesting
import Foundation
import ListenerTesting
import Synchronization
import Testing

@testable import ListenerKit

@Suite struct PollThreadTests {
    private let thread: PollThread
    private let record = Record()

    /// What the actions have noted.
    private final class Record: Sendable {
        private let texts = Mutex<[String]>([])

        var all: [String] { texts.withLock { $0 } }

        func add(_ text: String) {
            texts.withLock { $0.append(text) }
        }
    }

    init() throws {
        thread = try PollThread()
    }

    /// Waits until everything that was ready has been handled.
    private func settle() async {
        for _ in 0..<2 {
            await withCheckedContinuation { continuation in
                thread.perform { continuation.resume() }
            }
        }
    }

    @Test func actionsAreCalledOnOneOtherThreadInTheirOrder() async throws {
        defer { thread.finish() }
        let threads = Mutex<Set<UInt>>([])
        for number in 0..<100 {
            thread.perform { [record] in
                threads.withLock { _ = $0.insert(currentThread()) }
                record.add("\(number)")
            }
        }
        await settle()
        #expect(record.all == (0..<100).map { "\($0)" })
        #expect(threads.withLock { $0.count } == 1)
    }

    @Test func noActionIsLostHoweverManyThreadsAskForThem() async throws {
        defer { thread.finish() }
        let count = Atomic(0)
        let threads = 8
        let actions = 5000
        let askers = Atomic(threads)
        for _ in 0..<threads {
            Thread.detachNewThread { [thread] in
                for _ in 0..<actions {
                    thread.perform { count.add(1, ordering: .relaxed) }
                }
                askers.subtract(1, ordering: .relaxed)
            }
        }
        try await wait(for: "all actions") { count.load(ordering: .relaxed) == threads * actions }
        // The closures use the counters, which must not go before.
        try await wait(for: "the askers") { askers.load(ordering: .relaxed) == 0 }
    }

    @Test func timersComeInTheOrderOfTheirTimesUnlessTheyAreCanceled() async throws {
        defer { thread.finish() }
        let canceled = thread.schedule(after: .milliseconds(20)) { [record] in record.add("canceled") }
        for delay in [60, 40, 80] {
            _ = thread.schedule(after: .milliseconds(delay)) { [record] in record.add("\(delay)") }
        }
        thread.cancel(canceled)
        try await wait(for: "three timers") { record.all.count == 3 }
        #expect(record.all == ["40", "60", "80"])
    }

    @Test func aTimerThatIsAddedWhileTheThreadSleepsLongerIsOnTime() async throws {
        defer { thread.finish() }
        _ = thread.schedule(after: .seconds(100_000)) {}
        await settle()
        _ = thread.schedule(after: .milliseconds(1)) { [record] in record.add("early") }
        try await wait(for: "the earlier timer") { record.all == ["early"] }
    }

    @Test func aDescriptorIsWatchedUntilItIsNot() async throws {
        defer { thread.finish() }
        let pipe = try Pipe.open(blocks: false)
        let descriptor = pipe.readEnd.rawValue
        thread.watch(descriptor, for: .readable) { [record] in
            var byte: UInt8 = 0
            record.add(read(descriptor, &byte, 1) == 1 ? "byte" : "nothing")
        }
        await settle()
        #expect(record.all == [])
        try pipe.writeEnd.write([1])
        try await wait(for: "a byte") { record.all == ["byte"] }
        thread.unwatch(descriptor)
        try pipe.writeEnd.write([2])
        await settle()
        #expect(record.all == ["byte"])
    }

    /// A descriptor's number that no other test gets, because others get the lowest ones.
    private static let rareNumber = Int32(clamping: min(sysconf(Int32(_SC_OPEN_MAX)), 1 << 20) - 100)

    @Test func aDescriptorThatIsClosedWhileItIsWatchedDoesNotKeepTheThreadAwake() async throws {
        defer { thread.finish() }
        let pipe = try Pipe.open(blocks: false)
        let number = fcntl(pipe.readEnd.rawValue, F_DUPFD_CLOEXEC, Self.rareNumber)
        thread.watch(number, for: .readable) { [record] in record.add("called") }
        await settle()
        close(number)
        await settle()
        try #require(fcntl(pipe.readEnd.rawValue, F_DUPFD_CLOEXEC, number) == number)
        try pipe.writeEnd.write([1])
        await settle()
        #expect(record.all == [], "the thread has forgotten the first file with the number")
        close(number)
    }

    @Test func anotherFileWithTheSameNumberIsNotTakenForTheOneBefore() async throws {
        defer { thread.finish() }
        let ready = try Pipe.open(blocks: false)
        let silent = try Pipe.open(blocks: false)
        let numbers = [10, 20].map { fcntl(ready.readEnd.rawValue, F_DUPFD_CLOEXEC, Self.rareNumber + $0) }
        let silentNumber = silent.readEnd.rawValue
        try ready.writeEnd.write([1])
        // Both are ready at once; the one whose turn is first puts another file in the place of the other one.
        for (own, other) in [(numbers[0], numbers[1]), (numbers[1], numbers[0])] {
            thread.watch(own, for: .readable) { [thread, record] in
                record.add("first")
                thread.unwatch(own)
                thread.unwatch(other)
                dup2(silentNumber, other)
                thread.watch(other, for: .readable) { record.add("second") }
            }
        }
        try await wait(for: "the first action") { !record.all.isEmpty }
        await settle()
        #expect(record.all == ["first"])
        numbers.forEach { number in
            thread.unwatch(number)
            close(number)
        }
    }

    @Test func aSocketThatIsClosedAfterItWasWatchedIsReallyClosed() async throws {
        defer { thread.finish() }
        var ends: [Int32] = [-1, -1]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
        let own = FileDescriptor(owning: ends[0])
        let other = ends[1]
        thread.watch(other, for: .readable) {}
        await settle()
        thread.unwatch(other)
        close(other)
        // While the thread polled the socket, it would stay open.
        var request = pollfd(fd: own.rawValue, events: Int16(POLLIN), revents: 0)
        try await wait(for: "the end") { poll(&request, 1, 0) == 1 }
    }

    @Test func bothReadinessesOfOneDescriptorCanBeWatched() async throws {
        defer { thread.finish() }
        var ends: [Int32] = [-1, -1]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
        let own = ends[0]
        let other = FileDescriptor(owning: ends[1])
        thread.watch(own, for: .readable) { [thread, record] in
            record.add("readable")
            thread.unwatch(own)
        }
        await settle()
        thread.watch(own, for: .writable) { [record] in
            if record.all.isEmpty {
                record.add("writable")
            }
        }
        try await wait(for: "room") { record.all == ["writable"] }
        try other.write([1])
        try await wait(for: "a byte") { record.all.count > 1 }
        #expect(record.all == ["writable", "readable"])
        close(own)
    }

    @Test func nothingIsCalledAndNothingIsKeptAfterTheEnd() async throws {
        weak var ended: PollThread?
        weak var kept: Record?
        do {
            let thread = try PollThread()
            let held = Record()
            let pipe = try Pipe.open(blocks: false)
            try pipe.writeEnd.write([1])
            thread.perform { [record] in
                thread.finish()
                thread.perform { record.add("action") }
                _ = thread.schedule(after: .zero) { record.add("timer") }
                thread.watch(pipe.readEnd.rawValue, for: .readable) {
                    record.add("descriptor")
                    held.add("")
                }
            }
            ended = thread
            kept = held
            try await wait(for: "the end") { kept == nil || ended == nil || true }
        }
        try await wait(for: "the end of the thread") { ended == nil && kept == nil }
        #expect(record.all == [])
    }
}
