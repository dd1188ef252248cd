import Dispatch

/// A thread for the tasks of one test.
///
/// All other tasks share as many threads as there are cores, and thousands of tests that only compute can keep those busy for
/// half a minute. A test that follows a running program would see what happened only then.
public final class DedicatedThread: TaskExecutor {
    /// The thread for long computations, which would hold up all other tests on the shared threads.
    public static let forComputations = DedicatedThread()

    /// Serial, so that libdispatch gives it a thread whatever its other queues do.
    private let queue = DispatchQueue(label: "listenerd.test")

    /// Prepares a thread, which starts with its first task.
    public init() {}

    /// Runs a part of a task on the thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs a part of a test on a thread other than the shared ones.
///
/// - Parameters:
///   - thread: The thread; by default one for this body alone.
///   - body: What to run, which may block the thread. A `Task` that it creates runs on the shared threads nevertheless.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
public func withDedicatedThread<Value>(
    _ thread: DedicatedThread = DedicatedThread(),
    _ body: () async throws -> Value
) async rethrows -> Value {
    try await withTaskExecutorPreference(thread) { try await body() }
}

/// The queue whose thread ends suspensions.
private let clock = DispatchQueue(label: "listenerd.test.clock")

/// Suspends the current task for a while, however busy the shared threads are, for which `Task.sleep` would wait.
///
/// - Parameter milliseconds: For how long at least.
public func suspend(forMilliseconds milliseconds: Int) async {
    await withCheckedContinuation { continuation in
        clock.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { continuation.resume() }
    }
}
