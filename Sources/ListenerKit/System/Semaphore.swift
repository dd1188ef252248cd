#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A counter on which a thread can sleep.
package final class Semaphore: Sendable {
    /// The kernel's semaphore is safe to use from any thread, and stands at this address until the end.
    private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

    /// Makes a counter that stands at zero.
    package init() {
        semaphore = .allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Sleeps until somebody signals.
    package func wait() {
        _ = retryOnInterrupt { sem_wait(semaphore) }
    }

    /// Wakes one sleeper, now or as soon as there is one.
    package func signal() {
        sem_post(semaphore)
    }
}
