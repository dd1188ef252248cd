import Glibc

/// The file by which `supervise` tells its listeners that everything is being stopped, so that nothing is started any more.
///
/// It is empty until then. A listener holds a shared lock on it around each start (see ``StopNoticeReader``), and reads it only after
/// that; so once `supervise` has posted the notice and has held the exclusive lock, no start is under way and none will follow, be the
/// listener busy, hung or restarted.
package struct StopNotice: ~Copyable, Sendable {
    private static let interval = Duration.milliseconds(1)

    private let file: FileDescriptor
    private let path: String

    /// Returns where the notice is of those who send their statuses to a socket.
    ///
    /// - Parameter statusFile: The path of the ``StatusSocket``.
    /// - Returns: The path of a file in the same folder.
    static func path(beside statusFile: String) -> String {
        statusFile + ".stop"
    }

    /// Makes the file, which every user who can reach its path can read; its folder's owner removes it.
    ///
    /// - Parameter statusFile: The path of the ``StatusSocket``, beside which there is no such file yet.
    /// - Throws: ``SystemError``.
    package init(beside statusFile: String) throws(SystemError) {
        let path = Self.path(beside: statusFile)
        file = try Self.makeFile(path)
        self.path = path
    }

    private static func makeFile(_ path: String) throws(SystemError) -> FileDescriptor {
        let descriptor = retryOnInterrupt { open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o444) }
        guard descriptor >= 0 else {
            throw SystemError("make '\(path)'")
        }
        let file = FileDescriptor(owning: descriptor)
        // Whatever the umask says.
        guard fchmod(descriptor, 0o444) == 0 else {
            throw SystemError("make '\(path)' readable")
        }
        return file
    }

    /// Posts the notice, and waits until no start is under way any more; to post it again only waits.
    ///
    /// - Parameter timeout: How long to wait.
    /// - Returns: Whether all starts are over.
    /// - Throws: ``SystemError`` if it cannot be posted.
    @discardableResult
    package func post(waitingFor timeout: Duration) throws(SystemError) -> Bool {
        // A longer file without contents needs no space on the disk, which may be full.
        guard retryOnInterrupt({ ftruncate(file.rawValue, 1) }) == 0 else {
            throw SystemError("write '\(path)'")
        }
        let deadline = ContinuousClock.now + timeout
        while true {
            if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 {
                // What begins from now on sees the notice.
                flock(file.rawValue, LOCK_UN)
                return true
            }
            guard ContinuousClock.now < deadline else {
                return false
            }
            pause(for: Self.interval)
        }
    }
}
