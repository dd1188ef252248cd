import Glibc
import ListenerKit

/// supervisord's ends of a listener's pipes; their owner closes them.
struct SupervisorPipes {
    /// The pipe to which events are written.
    let input: Int32
    /// The pipe from which answers are read.
    let output: Int32
    /// The pipe from which standard error is read; nil for a listener in this process.
    let errors: Int32?
}

/// Opens a pipe that children do not inherit.
func openPipe() throws(SystemError) -> (readEnd: Int32, writeEnd: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
        throw SystemError("open a pipe")
    }
    for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
}
