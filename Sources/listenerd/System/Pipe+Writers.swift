#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

extension Pipe {
    /// Lets processes of any user write that open the write end once more, by its path in `/proc`.
    ///
    /// Only those can do so that may look at a process that has it open.
    ///
    /// - Throws: ``SystemError``.
    func openToWriters() throws(SystemError) {
        guard fchmod(writeEnd.number, 0o622) == 0 else {
            throw SystemError("let every user write into a pipe")
        }
    }
}
