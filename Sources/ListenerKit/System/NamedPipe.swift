#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A pipe with a path; it stays open while nobody writes into it.
package final class NamedPipe: Sendable {
    private let descriptor: Descriptor

    /// The number to poll.
    package var number: Int32 { descriptor.number }

    /// Makes one.
    ///
    /// - Parameters:
    ///   - path: Where; nothing is there yet.
    ///   - writer: The user who alone can write into it, beside root; nil for every user.
    /// - Throws: ``SystemError``.
    package init(path: String, writer: UInt32?) throws(SystemError) {
        let action = "make the named pipe '\(path)'"
        guard mkfifo(path, 0o600) == 0, chmod(path, writer == nil ? 0o622 : 0o600) == 0 else {
            throw SystemError(action)
        }
        // With a writer of its own it never comes to its end.
        let number = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else {
            throw SystemError(action)
        }
        descriptor = Descriptor(owning: number)
        guard chown(path, writer ?? uid_t.max, gid_t.max) == 0 else {
            throw SystemError(action)
        }
    }

    /// What has been written into it since the last call, or the beginning of that.
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
