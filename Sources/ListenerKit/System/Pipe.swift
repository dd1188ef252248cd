#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A pipe.
package struct Pipe: ~Copyable, Sendable {
    /// The end to read from.
    package let readEnd: FileDescriptor
    /// The end to write to.
    package let writeEnd: FileDescriptor

    private init(_ readEnd: consuming FileDescriptor, _ writeEnd: consuming FileDescriptor) {
        self.readEnd = readEnd
        self.writeEnd = writeEnd
    }

    /// Opens a pipe that children do not inherit.
    package static func open(blocks: Bool = true) throws(SystemError) -> Pipe {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw SystemError("open a pipe")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, blocks ? 0 : O_NONBLOCK)
        }
        return Pipe(FileDescriptor(owning: ends[0]), FileDescriptor(owning: ends[1]))
    }
}
