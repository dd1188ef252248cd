import Synchronization

/// Speaks supervisord's protocol for event listeners: says READY, reads events, and says RESULT.
///
/// The result is always OK: after a FAIL supervisord would send the same event again at once, for ever.
final class ProtocolSession: Sendable {
    /// An event that was received, and what its numbers mean.
    struct Arrival {
        let event: Event
        /// The kind of the event; `nil` if it is not known here.
        let kind: EventKind?
        let verdict: EventSequence.Verdict
    }

    private struct State {
        var parser = MessageParser()
        var sequence = EventSequence()
        var hasReceived = false
    }

    /// As much as a pipe usually holds.
    private static let readSize = 64 * 1024
    private static let answer = Array("RESULT 2\nOKREADY\n".utf8)
    /// Asks for no other event.
    private static let lastAnswer = Array("RESULT 2\nOK".utf8)

    private let channel: ProtocolChannel
    private let reporter: Reporter
    private let state = Mutex(State())

    /// Prepares a session.
    ///
    /// - Parameters:
    ///   - channel: The descriptors on which supervisord talks.
    ///   - reporter: Where messages go.
    init(_ channel: consuming ProtocolChannel, _ reporter: Reporter) {
        self.channel = channel
        self.reporter = reporter
    }

    /// The descriptor on which supervisord writes.
    var input: Int32 { channel.input.rawValue }

    /// Whether a message has begun and is not yet whole.
    var isMidMessage: Bool {
        state.withLock { $0.parser.isMidMessage }
    }

    /// Whether any event has been received.
    var hasReceived: Bool {
        state.withLock { $0.hasReceived }
    }

    /// Tells supervisord that the listener is ready for its first event.
    func begin() throws(SystemError) {
        try channel.output.write("READY\n".utf8)
    }

    /// Reads what supervisord has written.
    ///
    /// - Returns: Whether there was anything; there is nothing at the end of input.
    func read() throws(SystemError) -> Bool {
        try state.withLock { state throws(SystemError) in
            try state.parser.append(upTo: Self.readSize) { buffer throws(SystemError) in
                try channel.input.read(into: buffer)
            } > 0
        }
    }

    /// Returns the next event, to be called once the one before is acknowledged; `nil` if it is not complete.
    func nextEvent() throws(MessageError) -> Arrival? {
        try state.withLock { state throws(MessageError) in
            guard state.parser.isMidMessage else {
                return nil
            }
            defer { report(strayLines: state.parser.popStrayLines()) }
            guard let message = try state.parser.next(receivedAt: .now) else {
                return nil
            }
            state.hasReceived = true
            let kind = message.header.kind
            let verdict = state.sequence.judge(serial: message.header.serial, poolSerial: message.header.poolSerial)
            return Arrival(event: read(message), kind: kind, verdict: verdict)
        }
    }

    /// Acknowledges the last event.
    ///
    /// - Parameter asksForNext: Whether supervisord shall send another one.
    /// - Throws: ``SystemError`` if supervisord does not read any more.
    func acknowledge(asksForNext: Bool) throws(SystemError) {
        try channel.output.write(asksForNext ? Self.answer : Self.lastAnswer)
    }

    private func report(strayLines lines: [String]) {
        for line in lines {
            reporter.reportOnce(
                .warning,
                "skipped a line that is not an event: '\(line)'; is something else writing to this listener's standard input?",
                key: "stray line"
            )
        }
    }

    /// Reads a message; one whose payload lacks something is still an event of some kind.
    private func read(_ message: Message) -> Event {
        do {
            return try Event(message)
        } catch {
            reporter.reportOnce(
                .warning,
                "cannot read the payload of a \(message.header.name) event: \(error)",
                key: "payload of \(message.header.name)"
            )
            return .other(OtherEvent(header: message.header, payload: Payload(bytes: message.payload).text))
        }
    }
}
