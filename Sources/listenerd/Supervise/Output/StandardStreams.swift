import ListenerKit

/// The standard streams of `supervise` and its children, with a relay wherever a write would have to wait for a reader.
///
/// The descriptors 1 and 2 of this process lead to the relay, and supervisord inherits them: so what it writes, what its
/// programs write to `/dev/stdout`, and what they write to `/proc/1/fd/1` all go through it.
struct StandardStreams {
    private let relays: [OutputRelay]

    /// Puts relays where they are needed; what can hold up nobody stays as it is.
    ///
    /// - Parameters:
    ///   - isErrorShared: Whether a listener's standard error is going to be standard error too. supervisord opens it for that
    ///     once more, perhaps as another user, and in a file the one would overwrite what the other has written.
    ///   - makeReporter: Makes what says how many lines are missing, on standard error, or by what it is given.
    /// - Throws: ``SystemError``.
    init(
        isErrorShared: Bool,
        makeReporter: @escaping @Sendable (OutputRelay.Write?) -> Reporter
    ) throws(SystemError) {
        let (output, error) = (StandardStream.output, StandardStream.error)
        // Else what programs write to /dev/stdout is overwritten: supervisord opens that once more.
        output.appendIfFile()
        error.appendIfFile()
        let errorKind = error.kind
        let needsErrorRelay = errorKind == .reader || errorKind == .file && isErrorShared
        let needsOutputRelay = output.kind == .reader
        // In one relay the lines of both stay in order.
        let isOne = needsErrorRelay && needsOutputRelay && output.leadsToSame(as: error)
        var relays: [OutputRelay] = []
        if needsOutputRelay, !isOne {
            relays.append(try OutputRelay(inPlaceOf: [output]) { _ in makeReporter(nil) })
        }
        if needsErrorRelay {
            relays.append(try OutputRelay(inPlaceOf: isOne ? [output, error] : [error], makeReporter: makeReporter))
        }
        self.relays = relays
        LineWriter.standardError.reopen()
    }

    /// Lets no slow reader hold up much any longer, because everything is to end.
    func hurry() {
        relays.forEach { $0.hurry() }
    }

    /// Passes on what is left, for as long as the readers get on.
    func finish() {
        // What is missing in standard output is said on standard error, which comes later.
        relays.forEach { $0.finish() }
        LineWriter.standardError.reopen()
    }
}
