#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import Synchronization

/// Signals that are read from a descriptor, because nearly nothing is safe to do where a signal interrupts.
package struct SignalPipe: ~Copyable, Sendable {
    private let pipe: Pipe
    /// The signals that this process had blocked, for its children.
    package let previousMask: SignalMask

    /// The number to poll.
    package var number: Int32 { pipe.readEnd.number }

    private init(_ pipe: consuming Pipe, _ previousMask: SignalMask) {
        self.pipe = pipe
        self.previousMask = previousMask
    }

    /// Catches some signals from now on, also where they were blocked; there can be one such pipe in a process.
    package static func open(for signals: [Signal]) throws(SystemError) -> SignalPipe {
        let pipe = try Pipe.open(blocks: false)
        signalTarget.store(pipe.writeEnd.number, ordering: .sequentiallyConsistent)
        for signal in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                let before = errno
                var byte = UInt8(truncatingIfNeeded: number)
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

    /// The signals that have come since the last call.
    package func take() -> [Signal] {
        pipe.readEnd.drain().map { Signal(rawValue: Int32($0)) }
    }
}

/// Where the signal handler writes; it can be given nothing of its own.
private let signalTarget = Atomic<Int32>(-1)
