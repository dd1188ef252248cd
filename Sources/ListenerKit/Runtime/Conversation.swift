import Synchronization

/// Speaks supervisord's protocol: says READY, takes an event, and says RESULT once that is handled or overdue.
///
/// The answer is always OK: after a FAIL supervisord would send the same event again at once and for ever.
final class Conversation: Sendable {
    /// An event that was received, and what its numbers tell.
    struct Arrival {
        let event: Event
        /// Its number among the events received here.
        let number: UInt64
        let verdict: EventSequence.Verdict
    }

    private struct State {
        var parser = MessageParser()
        var sequence = EventSequence()
        /// How many events have been received.
        var received: UInt64 = 0
        /// How many handlers are still at work on the event that was received last; `nil` where it is acknowledged.
        var outstanding: Int?
        /// Whether the listener takes no more events after the last one.
        var isEnding = false
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    }

    private let channel: ProtocolChannel
    private let reporter: Reporter
    private let state = Mutex(State())

    init(_ channel: consuming ProtocolChannel, reporter: Reporter) {
        self.channel = channel
        self.reporter = reporter
    }

    /// The descriptor on which supervisord speaks.
    var input: Int32 { channel.input.number }

    /// Whether a message has begun and is not yet whole, while nothing else keeps the conversation.
    var isMidMessage: Bool {
        state.withLock { $0.outstanding == nil && $0.parser.isMidMessage }
    }

    /// The number of the event that is not yet acknowledged.
    var unacknowledged: UInt64? {
        state.withLock { $0.outstanding == nil ? nil : $0.received }
    }

    /// Takes no more events: the last one will be acknowledged without asking for another.
    func end() {
        state.withLock { $0.isEnding = true }
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
            let count = try channel.input.read(into: &state.buffer)
            state.parser.append(state.buffer[..<count])
            return count > 0
        }
    }

    /// Takes the next event, where all of it is there and the one before is acknowledged.
    ///
    /// - Returns: The event; it counts as handled until ``expect(_:)``.
    func nextArrival() throws(MessageError) -> Arrival? {
        try state.withLock { state throws(MessageError) in
            guard state.outstanding == nil, !state.isEnding else {
                return nil
            }
            let message = try state.parser.next(receivedAt: .now)
            report(strayLinesOf: &state.parser)
            guard let message else {
                return nil
            }
            state.received += 1
            state.outstanding = 0
            let verdict = state.sequence.judge(serial: message.header.serial, poolSerial: message.header.poolSerial)
            return Arrival(event: read(message), number: state.received, verdict: verdict)
        }
    }

    /// Waits with the acknowledgement of the last event for that many handlers.
    func expect(_ handlers: Int) {
        // Handlers on another thread may have been quicker than this call.
        state.withLock { state in state.outstanding = state.outstanding.map { $0 + handlers } }
    }

    /// Counts a handler as done with an event.
    ///
    /// - Parameter number: The event's number.
    /// - Returns: Whether it was the last handler that the event's acknowledgement waited for.
    func handled(_ number: UInt64) -> Bool {
        state.withLock { state in
            guard state.received == number, let outstanding = state.outstanding else {
                return false
            }
            state.outstanding = outstanding - 1
            return outstanding == 1
        }
    }

    /// Acknowledges the last event where every handler is done with it.
    ///
    /// - Returns: Whether it has been acknowledged.
    func acknowledgeIfHandled() throws(SystemError) -> Bool {
        try acknowledge { $0.outstanding == 0 }
    }

    /// Acknowledges an event, even where handlers are still at work on it, unless that has been done.
    ///
    /// - Parameter number: The event's number.
    /// - Throws: ``SystemError`` where supervisord is gone.
    func acknowledge(_ number: UInt64) throws(SystemError) {
        _ = try acknowledge { $0.outstanding != nil && $0.received == number }
    }

    private func acknowledge(where isDue: (State) -> Bool) throws(SystemError) -> Bool {
        let answer: String? = state.withLock { state in
            guard isDue(state) else {
                return nil
            }
            state.outstanding = nil
            return state.isEnding ? "RESULT 2\nOK" : "RESULT 2\nOKREADY\n"
        }
        if let answer {
            try channel.output.write(answer.utf8)
        }
        return answer != nil
    }

    private func report(strayLinesOf parser: inout MessageParser) {
        for line in parser.strayLines {
            reporter.sayOnce(
                .warning,
                "passed over what is not an event: '\(line)' (does somebody write to this listener's stdin?)",
                cause: "stray line"
            )
        }
        parser.clearStrayLines()
    }

    /// Reads a message; one that does not read as it should is still an event of some kind.
    private func read(_ message: Message) -> Event {
        do {
            return try Event(message)
        } catch {
            reporter.sayOnce(
                .warning,
                "an event \(message.header.name) does not read as it should: \(error)",
                cause: "payload of \(message.header.name)"
            )
            return .other(OtherEvent(header: message.header, payload: Payload(bytes: message.payload).text))
        }
    }
}
