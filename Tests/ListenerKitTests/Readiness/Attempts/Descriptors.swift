import ExecutableTesting
import Foundation

/// The descriptors of the calling thread.
enum Descriptors {
    /// How many are open.
    static var count: Int {
        // One of them reads the folder.
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/thread-self/fd"))?.count ?? 0)
    }

    /// Waits until no other thread closes any.
    static func waitUntilStable() throws {
        var last = (count: count, times: 0)
        let deadline = ContinuousClock.now + waitTimeout
        while last.times < 20 {
            guard ContinuousClock.now < deadline else {
                throw TestFailure("descriptors are opened and closed for ever")
            }
            usleep(10_000)
            let now = count
            last = now == last.count ? (now, last.times + 1) : (now, 0)
        }
    }

    /// Waits until so many are open.
    static func wait(for expected: Int) throws {
        let deadline = ContinuousClock.now + waitTimeout
        while count != expected {
            guard ContinuousClock.now < deadline else {
                throw TestFailure("\(count) descriptors instead of \(expected) are open")
            }
            usleep(10_000)
        }
    }
}

/// Runs a part of a test on a thread that shares no descriptors with others, except for those that it starts.
///
/// - Parameter body: What to run, which may block the thread.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
func onThreadWithOwnDescriptors<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
            let shareNoDescriptors: Int32 = 0x400
            guard unshare(shareNoDescriptors) == 0 else {
                return continuation.resume(throwing: TestFailure("unshare: error \(errno)"))
            }
            // What other tests have open must not stay open because of this copy of it.
            _ = closeRange(3, .max, 0)
            continuation.resume(with: Result { try body() })
        }
    }
}

@_silgen_name("unshare")
private func unshare(_ flags: Int32) -> Int32

@_silgen_name("close_range")
private func closeRange(_ first: UInt32, _ last: UInt32, _ flags: Int32) -> Int32
