#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A pipe with a path, into which any user can write; it stays open while nobody does.
package final class NamedPipe: Sendable {
    private let descriptor: Descriptor

    /// The number to poll.
    package var number: Int32 { descriptor.number }

    /// Makes one.
    ///
    /// - Parameter path: Where; nothing is there yet.
    /// - Throws: ``SystemError``.
    package init(path: String) throws(SystemError) {
        let action = "make the named pipe '\(path)'"
        guard mkfifo(path, 0o600) == 0, chmod(path, 0o622) == 0 else {
            throw SystemError(action)
        }
        // With a writer of its own it never comes to its end.
        let number = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else {
            throw SystemError(action)
        }
        descriptor = Descriptor(owning: number)
    }

    /// What has been written into it since the last call.
    package func take() -> [UInt8] {
        descriptor.drain()
    }
}

/// Whether standard error can be opened once more by its path, as a log.
///
/// That is so for a pipe or a terminal that is not somebody else's. A socket cannot be opened, and of a file the one overwrites
/// what the other writes.
package func standardErrorCanBeReopened() -> Bool {
    var information = stat()
    let kinds = [S_IFIFO, S_IFCHR]
    guard fstat(2, &information) == 0, kinds.contains(information.st_mode & S_IFMT) else {
        return false
    }
    let number = open("/dev/stderr", O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC)
    guard number >= 0 else {
        return false
    }
    close(number)
    return true
}
