#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The signals that a thread has blocked.
package struct SignalMask: Sendable {
    /// In the kernel's own form.
    var set: sigset_t

    /// Unblocks signals on this thread, and those that it starts from now on.
    ///
    /// - Parameter signals: The signals.
    /// - Returns: The mask before.
    static func unblock(_ signals: [Signal]) -> SignalMask {
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        for signal in signals {
            sigaddset(&unblocked, signal.rawValue)
        }
        var before = sigset_t()
        sigemptyset(&before)
        pthread_sigmask(SIG_UNBLOCK, &unblocked, &before)
        return SignalMask(set: before)
    }
}
