import ListenerKit

/// The standard streams of `supervise` and its children, with a relay for each stream whose reader could block writers.
///
/// File descriptors 1 and 2 of this process lead to the relay, and supervisord inherits them. So everything goes through it that
/// supervisord writes, and that its programs write to `/dev/stdout` or `/proc/1/fd/1`.
struct StandardStreams {
    private let relays: [OutputRelay]

    /// Installs the relays; a stream that cannot block stays as it is.
    ///
    /// - Parameters:
    ///   - isErrorShared: Whether a listener's standard error leads to this process's standard error. supervisord opens it once
    ///     more for that, perhaps as another user; if it is a file, they would overwrite each other's lines.
    ///   - makeReporter: Creates the reporter of missing lines, which writes to standard error, or by the function that it gets.
    /// - Throws: ``SystemError``.
    init(
        isErrorShared: Bool,
        makeReporter: @escaping @Sendable (OutputRelay.Write?) -> Reporter
    ) throws(SystemError) {
        let (output, error) = (StandardStream.output, StandardStream.error)
        // supervisord opens /dev/stdout once more: without O_APPEND, lines of programs would be overwritten.
        output.appendIfFile()
        error.appendIfFile()
        let errorKind = error.kind
        let needsErrorRelay = errorKind == .reader || errorKind == .file && isErrorShared
        let needsOutputRelay = output.kind == .reader
        // One relay keeps the lines of both streams in order.
        let isOne = needsErrorRelay && needsOutputRelay && output.isSameFile(as: error)
        var relays: [OutputRelay] = []
        if needsOutputRelay, !isOne {
            relays.append(try OutputRelay(inPlaceOf: [output], reportsElsewhere: true) { _ in makeReporter(nil) })
        }
        if needsErrorRelay {
            relays.append(try OutputRelay(inPlaceOf: isOne ? [output, error] : [error], makeReporter: makeReporter))
        }
        self.relays = relays
        LineWriter.standardError.reopen()
    }

    /// Limits how long slow readers may hold up writers from now on, because supervisord is being shut down.
    func limitHoldUps() {
        relays.forEach { $0.limitHoldUps() }
    }

    /// Limits how long any reader may hold up the end, because the time limit of the stop has passed.
    func hurry() {
        relays.forEach { $0.hurry() }
    }

    /// How long this process's own lines may wait for room in a relay; with limited hold-ups, there is room sooner.
    private static let ownLinesTimeout = Duration.seconds(2)

    /// Passes on what is left, as long as the readers keep reading.
    func finish() {
        // Lines of this process may still be queued, and would be lost in a relay that has finished.
        limitHoldUps()
        let timeout = relays.map(\.finishLimit).reduce(Self.ownLinesTimeout, min)
        LineWriter.flushAll(until: .now + timeout)
        // Lines that are missing from standard output are reported on standard error, whose relay comes later.
        relays.forEach { $0.finish() }
        LineWriter.standardError.reopen()
    }
}
