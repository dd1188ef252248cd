import Glibc

/// A counting semaphore for threads.
package final class Semaphore: Sendable {
    /// Safe to use from any thread; its address never changes.
    private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

    /// Makes a semaphore whose count is zero.
    package init() {
        semaphore = .allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Waits until the count is above zero, and decreases it.
    package func wait() {
        _ = retryOnInterrupt { sem_wait(semaphore) }
    }

    /// Increases the count, which wakes one waiting thread.
    package func signal() {
        sem_post(semaphore)
    }
}
