import Glibc

/// Runs blocking work on a thread of its own, so that it blocks none of the threads that tasks share.
///
/// The thread ends with its work. It blocks all signals, which are for the threads that wait for them.
///
/// - Parameter work: The work; it has a stack of 256 KiB.
/// - Returns: What the work returns.
/// - Throws: ``SystemError`` if the system refuses to start another thread; then the work has not begun.
package func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
) async throws(SystemError) -> Value {
    let outcome: Result<Value, SystemError> = await withCheckedContinuation { continuation in
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) {
                continuation.resume(returning: .success(work()))
            }
        } catch {
            continuation.resume(returning: .failure(error))
        }
    }
    return try outcome.get()
}

/// Starts a thread that ends with its work.
///
/// - Parameters:
///   - stackSize: The size of its stack in bytes.
///   - inheritsSignalMask: Whether the thread has the signal mask of the one that starts it, as is needed to start child
///     processes; otherwise it blocks all signals, which go to other threads.
///   - work: The work.
/// - Throws: ``SystemError`` if the system refuses to start another thread; then the work has not begun.
package func startThread(
    stackSize: Int = 1024 * 1024,
    inheritsSignalMask: Bool = true,
    _ work: @escaping @Sendable () -> Void
) throws(SystemError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackSize)

    // A thread inherits the signal mask of the one that starts it.
    var every = sigset_t()
    sigemptyset(&every)
    var before = sigset_t()
    if !inheritsSignalMask {
        sigfillset(&every)
    }
    pthread_sigmask(SIG_BLOCK, &every, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

    let argument = Unmanaged.passRetained(ThreadWork(work))
    let code = createThread(&attributes, argument.toOpaque())
    guard code == 0 else {
        argument.release()
        throw SystemError("start a thread", code: code)
    }
}

/// Returns an identifier of the calling thread, which no other running thread has.
package func currentThread() -> UInt {
    UInt(pthread_self())
}

private func createThread(_ attributes: inout pthread_attr_t, _ argument: UnsafeMutableRawPointer) -> Int32 {
    var thread = pthread_t()
    return pthread_create(&thread, &attributes, runThread, argument)
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument {
        Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().run()
    }
    return nil
}

/// The work of a thread, as an object whose pointer passes through the C library.
private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
