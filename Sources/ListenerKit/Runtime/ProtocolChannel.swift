/// The two descriptors on which a listener and supervisord talk.
package struct ProtocolChannel: ~Copyable, Sendable {
    let input: FileDescriptor
    let output: FileDescriptor

    /// Takes ownership of both.
    package init(input: consuming FileDescriptor, output: consuming FileDescriptor) {
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
    /// - Throws: ``SystemError`` if one of the two is closed.
    static func takingStandardStreams() throws(SystemError) -> ProtocolChannel {
        let input = FileDescriptor(owning: try duplicateDescriptor(0, "read from supervisord on standard input"))
        let output = FileDescriptor(owning: try duplicateDescriptor(1, "write to supervisord on standard output"))
        // Pipes without another end serve where other programs open /dev/null, which need not be there.
        if !isOpen(2) {
            let nowhere = try nowhere(reading: false)
            try replaceDescriptor(2, by: nowhere.rawValue)
            withExtendedLifetime(nowhere) {}
        }
        let nothing = try nowhere(reading: true)
        try replaceDescriptor(0, by: nothing.rawValue)
        withExtendedLifetime(nothing) {}
        try replaceDescriptor(1, by: 2)
        return ProtocolChannel(input: input, output: output)
    }

    /// One end of a pipe whose other end is closed.
    private static func nowhere(reading: Bool) throws(SystemError) -> FileDescriptor {
        let pipe = try Pipe.open()
        let number = reading ? pipe.readEnd.rawValue : pipe.writeEnd.rawValue
        let end = FileDescriptor(owning: try duplicateDescriptor(number, "open a pipe"))
        withExtendedLifetime(pipe) {}
        return end
    }
}
