import Glibc
import Synchronization

/// Delivers signals through a pipe, because hardly anything is safe to do in a signal handler.
package struct SignalPipe: ~Copyable, Sendable {
    private let pipe: Pipe
    /// The signal mask of this process before the pipe was opened, for its children.
    package let previousMask: SignalMask

    /// The descriptor to poll.
    package var fileDescriptor: Int32 { pipe.readEnd.rawValue }

    private init(_ pipe: consuming Pipe, _ previousMask: SignalMask) {
        self.pipe = pipe
        self.previousMask = previousMask
    }

    /// Catches some signals from now on, even if they were blocked; a process can have only one such pipe.
    package static func open(for signals: [Signal]) throws(SystemError) -> SignalPipe {
        let pipe = try Pipe.open(blocks: false)
        signalTarget.store(pipe.writeEnd.rawValue, ordering: .sequentiallyConsistent)
        for signal in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { signal in
                let before = errno
                var byte = UInt8(truncatingIfNeeded: signal)
                _ = write(signalTarget.load(ordering: .relaxed), &byte, 1)
                errno = before
            }
            action.sa_flags = SA_RESTART
            guard sigaction(signal.rawValue, &action, nil) == 0 else {
                throw SystemError("catch signal \(signal.rawValue)")
            }
        }
        return SignalPipe(pipe, SignalMask.unblock(signals))
    }

    /// Returns the signals received since the last call.
    package func readSignals() -> [Signal] {
        pipe.readEnd.drain().map { Signal(rawValue: Int32($0)) }
    }
}

/// The descriptor that the signal handler writes to; a handler cannot be given an argument.
private let signalTarget = Atomic<Int32>(-1)
