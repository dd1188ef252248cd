#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The two descriptors on which a listener and supervisord talk.
package struct ProtocolChannel: ~Copyable, Sendable {
    let input: Descriptor
    let output: Descriptor

    /// Takes ownership of both.
    package init(input: consuming Descriptor, output: consuming Descriptor) {
        self.input = input
        self.output = output
    }

    /// Takes the process's standard input and output for the protocol alone.
    ///
    /// From then on descriptor 0 is at its end, and what is written to descriptor 1 goes where standard error goes. A single
    /// stray byte on the true standard output would make supervisord ignore the listener for ever; no `print`, library or
    /// child process can write one any more.
    static func takingStandardStreams() throws(SystemError) -> ProtocolChannel {
        let input = Descriptor(owning: try duplicate(0, "standard input"))
        let output = Descriptor(owning: try duplicate(1, "standard output"))
        // A pipe serves where another program would open /dev/null, which need not be there.
        let nothing = try Pipe.open(blocks: false)
        if fcntl(2, F_GETFD) == -1 {
            try replace(2, by: nothing.writeEnd.number)
        }
        try replace(0, by: nothing.readEnd.number)
        try replace(1, by: 2)
        return ProtocolChannel(input: input, output: output)
    }

    private static func duplicate(_ descriptor: Int32, _ name: String) throws(SystemError) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else {
            throw SystemError("use \(name)")
        }
        return copy
    }

    private static func replace(_ descriptor: Int32, by other: Int32) throws(SystemError) {
        guard retryOnInterrupt({ dup2(other, descriptor) }) >= 0 else {
            throw SystemError("redirect descriptor \(descriptor)")
        }
    }
}
