package import Glibc

/// The set of signals that a thread blocks.
package struct SignalMask: Sendable {
    /// The set in the C library's form.
    package let set: sigset_t

    /// Makes a mask from a set.
    package init(set: sigset_t) {
        self.set = set
    }

    /// Unblocks signals in this thread, and in those that it starts from now on.
    ///
    /// - Parameter signals: The signals.
    /// - Returns: The mask before the call.
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
