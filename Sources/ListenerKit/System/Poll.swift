import Glibc

/// Waits until at least one of some descriptors is readable or at its end.
///
/// - Parameters:
///   - descriptors: The descriptors.
///   - deadline: When to give up; nil for never.
/// - Returns: The descriptors that are ready; empty if the deadline has passed.
package func poll(for descriptors: [Int32], until deadline: ContinuousClock.Instant?) -> [Int32] {
    withUnsafeTemporaryAllocation(of: pollfd.self, capacity: descriptors.count) { entries in
        for (index, descriptor) in descriptors.enumerated() {
            entries.initializeElement(at: index, to: pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        let count = retryOnInterrupt {
            poll(entries.baseAddress, nfds_t(entries.count), deadline.map { milliseconds(until: $0) } ?? -1)
        }
        guard count > 0 else {
            return []
        }
        return entries.compactMap { $0.revents != 0 ? $0.fd : nil }
    }
}

/// Waits until at least one of some descriptors is readable or at its end, and calls a closure with each that is.
///
/// - Parameters:
///   - descriptors: The descriptors.
///   - deadline: When to give up; nil for never.
///   - body: Called with each descriptor that is ready; not at all if the deadline has passed.
package func forEachReady(
    among descriptors: [Int32],
    until deadline: MonotonicTime?,
    _ body: (Int32) -> Void
) {
    withUnsafeTemporaryAllocation(of: pollfd.self, capacity: descriptors.count) { entries in
        for index in descriptors.indices {
            entries.initializeElement(
                at: index,
                to: pollfd(fd: descriptors[index], events: Int16(POLLIN), revents: 0)
            )
        }
        let count = retryOnInterrupt {
            poll(entries.baseAddress, nfds_t(entries.count), deadline.map { $0.millisecondsLeft } ?? -1)
        }
        guard count > 0 else {
            return
        }
        for entry in entries where entry.revents != 0 {
            body(entry.fd)
        }
    }
}

/// Returns the milliseconds that are left until a deadline, rounded up; 0 if it has passed.
package func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else {
        return 0
    }
    let (seconds, attoseconds) = left.components
    guard seconds < 1_000_000 else {
        return Int32.max
    }
    return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
}

/// Blocks the current thread for some time.
package func pause(for duration: Duration) {
    let deadline = ContinuousClock.now + duration
    while case let left = milliseconds(until: deadline), left > 0 {
        poll(nil, 0, left)
    }
}
