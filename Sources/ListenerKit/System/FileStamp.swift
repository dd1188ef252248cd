import Glibc

/// The identity, size and change time of a file: if they differ, the file has changed.
package struct FileStamp: Hashable, Sendable {
    private let identity: FileIdentity
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// Reads the stamp of the file at a path; nil results if there is none.
    ///
    /// The time is `ctime`, which no program can set back.
    package init?(path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else {
            return nil
        }
        identity = FileIdentity(information)
        size = Int64(information.st_size)
        seconds = Int(information.st_ctim.tv_sec)
        nanoseconds = Int(information.st_ctim.tv_nsec)
    }

    /// When the file was last changed, or renamed.
    package var time: Timestamp { Timestamp(seconds: seconds) }
}
