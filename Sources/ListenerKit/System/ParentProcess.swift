#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The process that started this one.
package struct ParentProcess: Sendable {
    /// Its number.
    package let number: Int32

    /// The parent at this moment.
    package static var current: ParentProcess {
        ParentProcess(number: getppid())
    }

    /// Sends it a signal, unless it has gone: its number may be another's by then, or this process an orphan.
    ///
    /// - Throws: ``SystemError`` where it is gone, or belongs to another user.
    package func send(_ signal: Signal) throws(SystemError) {
        guard getppid() == number else {
            throw SystemError("signal process \(number)", code: ESRCH)
        }
        guard kill(number, signal.rawValue) == 0 else {
            throw SystemError("signal process \(number)")
        }
    }
}
