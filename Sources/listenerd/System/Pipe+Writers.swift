import Glibc
import ListenerKit

extension Pipe {
    /// Lets processes of every user write to the pipe if they open its write end again, by its path in `/proc`.
    ///
    /// Only processes that may inspect one which has it open can do that.
    ///
    /// - Throws: ``SystemError``.
    func openToWriters() throws(SystemError) {
        guard fchmod(writeEnd.rawValue, 0o622) == 0 else {
            throw SystemError("let every user write into a pipe")
        }
    }
}
