#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Both ends of a pipe.
package struct Pipe: ~Copyable, Sendable {
    /// Where what was written is read.
    package let readEnd: Descriptor
    /// Where one writes.
    package let writeEnd: Descriptor

    private init(_ readEnd: consuming Descriptor, _ writeEnd: consuming Descriptor) {
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
        return Pipe(Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }
}
