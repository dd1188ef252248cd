import ListenerKit

/// How a process has ended.
enum ProcessEnd: Equatable, Sendable {
    /// By itself, with a status.
    case exited(Int32)
    /// By a signal.
    case killed(Signal)

    /// Reads what `waitpid` says of a process that has ended: the status in the second byte, or the signal in the first, with
    /// one bit for a dump of its memory.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(waitStatus >> 8 & 0xff) : .killed(Signal(rawValue: signal))
    }
}
