import Dispatch

/// A thread for the tasks of one test.
///
/// All other tasks share as many threads as there are cores, and tests that only compute keep those busy for up to a minute. A test
/// that follows a running program would see what happened only then.
public final class DedicatedThread: TaskExecutor {
    /// Serial, so that libdispatch gives it a thread whatever its other queues do.
    private let queue = DispatchQueue(label: "listenerd.test")

    /// Makes a thread that starts with the first task.
    public init() {}

    /// Runs a part of a task on the thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs the body of a test on a thread that it shares with no other test.
///
/// - Parameter body: What to run. A `Task` that it creates runs on the shared threads nevertheless.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
public func withDedicatedThread<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    try await withTaskExecutorPreference(DedicatedThread()) { try await body() }
}

/// The queue whose thread ends pauses.
private let clock = DispatchQueue(label: "listenerd.test.clock")

/// Suspends the current task, however busy the threads are that tasks share: `Task.sleep` would wait for those.
///
/// - Parameter milliseconds: For how long at least.
func suspend(forMilliseconds milliseconds: Int) async {
    await withCheckedContinuation { continuation in
        clock.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { continuation.resume() }
    }
}
