import Glibc

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
        // Another thread may start a child at any moment.
        guard openPipe(&ends, blocks ? O_CLOEXEC : O_CLOEXEC | O_NONBLOCK) == 0 else {
            throw SystemError("open a pipe")
        }
        return Pipe(FileDescriptor(owning: ends[0]), FileDescriptor(owning: ends[1]))
    }
}

/// The C library's `pipe2`, which it declares only for programs in C that ask for it.
@_silgen_name("pipe2")
private func openPipe(_ ends: UnsafeMutablePointer<Int32>, _ flags: Int32) -> Int32
