#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Runs work that blocks on a thread of its own, so that it holds up none of the threads that tasks share.
///
/// The thread ends with its work. It takes no signals: those belong to the threads that wait for them.
///
/// - Parameter work: What to do; it has a stack of 256 KiB.
/// - Returns: What the work returns.
/// - Throws: ``SystemError`` where the system refuses one more thread; the work has not been started then.
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
///   - stackSize: How many bytes the work has for its stack.
///   - inheritsSignalMask: Whether the thread has the signal mask of the one that starts it, as what starts children must have;
///     else signals go to other threads.
///   - work: What to do.
/// - Throws: ``SystemError`` where the system refuses one more thread; the work has not been started then.
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

/// Returns what tells the calling thread from all others that have not ended.
package func currentThread() -> UInt {
    #if canImport(Glibc)
    UInt(pthread_self())
    #else
    UInt(bitPattern: pthread_self())
    #endif
}

private func createThread(_ attributes: inout pthread_attr_t, _ argument: UnsafeMutableRawPointer) -> Int32 {
    #if canImport(Glibc)
    var thread = pthread_t()
    #else
    var thread: pthread_t?
    #endif
    return pthread_create(&thread, &attributes, runThread, argument)
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument {
        Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().run()
    }
    return nil
}

/// What a thread has to do, in a shape that passes through the C library.
private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
