#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What tells whether a file is another one than before, without reading it.
package struct FileStamp: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// Looks at the file at a path; nil if there is none.
    ///
    /// The time is that of the last change of the inode, which no program can set back.
    package init?(path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else {
            return nil
        }
        device = UInt64(information.st_dev)
        inode = UInt64(information.st_ino)
        size = Int64(information.st_size)
        seconds = Int(information.st_ctim.tv_sec)
        nanoseconds = Int(information.st_ctim.tv_nsec)
    }
}
