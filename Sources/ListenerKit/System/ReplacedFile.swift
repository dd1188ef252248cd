import Glibc

/// A file that is replaced as a whole: who reads it sees the old contents or the new ones, never a part.
package struct ReplacedFile: Sendable {
    /// The path of the file; that of its target if a symbolic link was named.
    package let path: String

    /// Checks that files can be created beside a file, which itself need not exist.
    ///
    /// - Parameter path: The path of the file, or of a link to it, which stays a link.
    /// - Throws: ``SystemError`` if its directory does not exist, or cannot be written to.
    package init(_ path: String) throws(SystemError) {
        self.path = pathWithoutLinks(path) ?? path
        let directory = PathText.directory(of: self.path)
        guard access(directory.isEmpty ? "." : directory, W_OK | X_OK) == 0 else {
            throw SystemError("write '\(path)'")
        }
    }

    /// Writes the contents to another file in the same directory, which then takes the place of this one.
    ///
    /// Every user can read it. It is not flushed to the disk: after a power failure it may be the old one, or empty.
    ///
    /// - Parameter bytes: The new contents.
    /// - Throws: ``SystemError``; then the file is as it was.
    package func replace(with bytes: [UInt8]) throws(SystemError) {
        let temporary = "\(path).new"
        // A writer that was killed may have left it; a link that another user has put there is not followed.
        unlink(temporary)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = retryOnInterrupt { open(temporary, flags, 0o644) }
        guard descriptor >= 0 else {
            throw SystemError("write '\(path)'")
        }
        do throws(SystemError) {
            try fill(descriptor, with: bytes)
            guard rename(temporary, path) == 0 else {
                throw SystemError("write '\(path)'")
            }
        } catch {
            unlink(temporary)
            throw SystemError("write '\(path)'", code: error.code)
        }
    }

    private func fill(_ descriptor: Int32, with bytes: [UInt8]) throws(SystemError) {
        let outcome = Result { () throws(SystemError) in try writeAll(bytes, to: descriptor) }
        // The mask of this process does not apply.
        fchmod(descriptor, 0o644)
        let isClosed = close(descriptor) == 0
        let closing = SystemError("close '\(path)'")
        try outcome.get()
        // Some file systems tell only now that there was no room.
        if !isClosed {
            throw closing
        }
    }
}
