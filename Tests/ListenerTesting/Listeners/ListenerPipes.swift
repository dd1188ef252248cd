#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// The descriptors by which supervisord reaches a listener; whoever has them closes them.
struct SupervisorPipes {
    /// Where events are written.
    let input: Int32
    /// Where answers are read.
    let output: Int32
    /// Where standard error is read, where it is a pipe.
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
