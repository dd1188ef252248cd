import Glibc

/// Identifies the file, pipe, terminal or device that a path or a descriptor refers to.
package struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64

    /// Identifies what a path refers to; nil if that does not exist.
    package init?(path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else {
            return nil
        }
        self.init(information)
    }

    /// Identifies what a descriptor refers to; nil if it is closed.
    package init?(descriptor: Int32) {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else {
            return nil
        }
        self.init(information)
    }

    /// Reads the identity from the result of `stat`.
    init(_ information: stat) {
        device = UInt64(information.st_dev)
        inode = UInt64(information.st_ino)
    }
}
