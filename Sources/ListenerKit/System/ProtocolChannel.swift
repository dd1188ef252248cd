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
    ///
    /// Nothing may have been opened before, since it could have got the number of a standard stream that was closed.
    ///
    /// - Returns: What was standard input and output.
    /// - Throws: ``SystemError`` where one of the two is closed.
    static func takingStandardStreams() throws(SystemError) -> ProtocolChannel {
        let input = Descriptor(owning: try duplicate(0, "read from supervisord on standard input"))
        let output = Descriptor(owning: try duplicate(1, "write to supervisord on standard output"))
        // Pipes without another end serve where other programs open /dev/null, which need not be there.
        if fcntl(2, F_GETFD) == -1 {
            let nowhere = try nowhere(reading: false)
            try replace(2, by: nowhere.number)
            withExtendedLifetime(nowhere) {}
        }
        let nothing = try nowhere(reading: true)
        try replace(0, by: nothing.number)
        withExtendedLifetime(nothing) {}
        try replace(1, by: 2)
        return ProtocolChannel(input: input, output: output)
    }

    /// One end of a pipe whose other end is closed.
    private static func nowhere(reading: Bool) throws(SystemError) -> Descriptor {
        let pipe = try Pipe.open()
        let number = reading ? pipe.readEnd.number : pipe.writeEnd.number
        let end = Descriptor(owning: try duplicate(number, "open a pipe"))
        withExtendedLifetime(pipe) {}
        return end
    }

    private static func duplicate(_ descriptor: Int32, _ action: String) throws(SystemError) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else {
            throw SystemError(action)
        }
        return copy
    }

    private static func replace(_ descriptor: Int32, by other: Int32) throws(SystemError) {
        guard retryOnInterrupt({ dup2(other, descriptor) }) >= 0 else {
            throw SystemError("redirect descriptor \(descriptor)")
        }
    }
}
