/// How a process has terminated.
package enum TerminationStatus: Equatable, Sendable {
    /// It exited with a status.
    case exited(Int32)
    /// A signal killed it.
    case killed(Signal)

    /// Reads the status that `waitpid` returns for a terminated process: the exit status is in the second byte, the signal in the
    /// first, with one bit for a core dump.
    package init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(waitStatus >> 8 & 0xff) : .killed(Signal(rawValue: signal))
    }
}
