#if canImport(Glibc)
package import Glibc
#elseif canImport(Musl)
package import Musl
#endif

/// The signals that a thread has blocked.
package struct SignalMask: Sendable {
    /// In the kernel's own form.
    package let set: sigset_t

    /// Describes a mask.
    package init(set: sigset_t) {
        self.set = set
    }

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
