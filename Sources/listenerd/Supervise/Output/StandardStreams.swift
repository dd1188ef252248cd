import ListenerKit

/// The standard streams of `supervise` and its children, with a relay wherever a write would have to wait for a reader.
///
/// The descriptors 1 and 2 of this process lead to the relay, and supervisord inherits them: so what it writes, what its
/// programs write to `/dev/stdout`, and what they write to `/proc/1/fd/1` all go through it.
struct StandardStreams {
    private let relays: [OutputRelay]

    /// Puts relays where they are needed; a stream that cannot block stays as it is.
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
        let isOne = needsErrorRelay && needsOutputRelay && output.isSameFile(as: error)
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

    /// Limits how long slow readers hold up writers from now on, because everything is to end.
    func hurry() {
        relays.forEach { $0.hurry() }
    }

    /// How long this process's own lines may wait for room in a relay; one that is in a hurry makes room sooner.
    private static let ownLinesTimeout = Duration.seconds(2)

    /// Passes on what is left, for as long as the readers get on.
    func finish() {
        // What this process has said may still wait for its turn, and would come to a relay that has been left.
        hurry()
        LineWriter.flushAll(until: .now + Self.ownLinesTimeout)
        // What is missing in standard output is said on standard error, which comes later.
        relays.forEach { $0.finish() }
        LineWriter.standardError.reopen()
    }
}
