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
        var acknowledgement: Acknowledgement
        /// Whether the listener takes no more events after the last one.
        var isEnding = false
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    }

    private static let answer = Array("RESULT 2\nOKREADY\n".utf8)
    /// Asks for no other event.
    private static let lastAnswer = Array("RESULT 2\nOK".utf8)

    private let channel: ProtocolChannel
    private let reporter: Reporter
    private let state: Mutex<State>

    /// Begins a conversation.
    ///
    /// - Parameters:
    ///   - channel: Where supervisord is.
    ///   - count: How many handlers there are.
    ///   - limit: How long events may wait for one of them.
    ///   - reporter: Where messages go.
    init(
        _ channel: consuming ProtocolChannel,
        handlers count: Int,
        acknowledgedWithin limit: Duration,
        reporter: Reporter
    ) {
        self.channel = channel
        self.reporter = reporter
        state = Mutex(State(acknowledgement: Acknowledgement(handlers: count, limit: limit)))
    }

    /// The descriptor on which supervisord speaks.
    var input: Int32 { channel.input.number }

    /// Whether a message has begun and is not yet whole, while nothing else keeps the conversation.
    var isMidMessage: Bool {
        state.withLock { !$0.acknowledgement.isPending && $0.parser.isMidMessage }
    }

    /// Whether any event has been received.
    var hasReceived: Bool {
        state.withLock { $0.acknowledgement.number > 0 }
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

    /// Returns the next event if it is complete and the one before is acknowledged.
    ///
    /// - Returns: The event, which is not acknowledged before ``handOut(_:where:)``.
    func nextArrival() throws(MessageError) -> Arrival? {
        let (outcome, strayLines) = state.withLock { state in
            let outcome = Result { () throws(MessageError) in try Self.nextMessage(&state) }
            defer { state.parser.clearStrayLines() }
            return (outcome, state.parser.strayLines)
        }
        // No lock is held while something is reported.
        report(strayLines)
        return try outcome.get().map { message, number, verdict in
            Arrival(event: read(message), number: number, verdict: verdict)
        }
    }

    private static func nextMessage(
        _ state: inout State
    ) throws(MessageError) -> (Message, UInt64, EventSequence.Verdict)? {
        guard !state.acknowledgement.isPending, !state.isEnding,
            let message = try state.parser.next(receivedAt: .now)
        else {
            return nil
        }
        let header = message.header
        let verdict = state.sequence.judge(serial: header.serial, poolSerial: header.poolSerial)
        return (message, state.acknowledgement.begin(), verdict)
    }

    /// Makes the acknowledgement of the last event wait for all handlers that want it and are not late.
    ///
    /// - Parameters:
    ///   - event: The event, which handlers must be given after this.
    ///   - isWanted: Whether the handler of an index wants it.
    func handOut(_ event: Event, where isWanted: (Int) -> Bool) {
        state.withLock { $0.acknowledgement.handOut(event, where: isWanted) }
    }

    /// Counts a handler as done with something.
    ///
    /// - Parameters:
    ///   - number: The event's number; 0 if it was none.
    ///   - handler: The handler's index.
    /// - Returns: What follows.
    func finish(_ number: UInt64, by handler: Int) -> Acknowledgement.Progress {
        state.withLock { $0.acknowledgement.finish(number, by: handler, at: .now) }
    }

    /// Counts a handler as late no longer.
    ///
    /// - Returns: Whether it was late.
    func catchUp(_ handler: Int) -> Bool {
        state.withLock { $0.acknowledgement.catchUp(handler) }
    }

    /// Whether a handler is late.
    func isLate(_ handler: Int) -> Bool {
        state.withLock { $0.acknowledgement.isLate(handler) }
    }

    /// The event that a handler has missed, or that waits for it.
    func event(awaiting handler: Int) -> Event? {
        state.withLock { $0.acknowledgement.event(awaiting: handler) }
    }

    /// Acknowledges the last event if every handler is done with it.
    ///
    /// - Returns: Whether it has been acknowledged.
    func acknowledgeIfHandled() throws(SystemError) -> Bool {
        let answer = state.withLock { state in
            state.acknowledgement.complete() ? Self.answer(isLast: state.isEnding) : nil
        }
        if let answer {
            try channel.output.write(answer)
        }
        return answer != nil
    }

    /// Begins to count how long the last event waits, unless that has begun.
    ///
    /// - Returns: When ``acknowledgeOverdue(_:whenLate:)`` is due, and the event's number; `nil` if it does not wait.
    func wait() -> (deadline: ContinuousClock.Instant, number: UInt64)? {
        state.withLock { state in
            state.acknowledgement.wait(from: .now).map { ($0, state.acknowledgement.number) }
        }
    }

    /// Acknowledges an event although handlers are still at work on it, unless that has been done, or there are handlers
    /// among them that may take longer.
    ///
    /// - Parameters:
    ///   - number: The event's number.
    ///   - whenLate: Called with the index of each handler that is late from now on, and with the event.
    /// - Throws: ``SystemError`` if supervisord is gone.
    func acknowledgeOverdue(_ number: UInt64, whenLate: (Int, Event) -> Void) throws(SystemError) {
        let (expiry, answer) = state.withLock { state in
            (state.acknowledgement.expire(number, at: .now), Self.answer(isLast: state.isEnding))
        }
        guard let (late, event, isDue) = expiry else {
            return
        }
        for handler in late {
            event.map { whenLate(handler, $0) }
        }
        if isDue {
            try channel.output.write(answer)
        }
    }

    /// Forgets how long a handler has held up events, because it was not its fault.
    func forgive(_ handler: Int) {
        state.withLock { $0.acknowledgement.forgive(handler) }
    }

    private static func answer(isLast: Bool) -> [UInt8] {
        isLast ? lastAnswer : answer
    }

    private func report(_ strayLines: [String]) {
        for line in strayLines {
            reporter.reportOnce(
                .warning,
                "skipped a line that is not an event: '\(line)'; is something else writing to this listener's standard input?",
                key: "stray line"
            )
        }
    }

    /// Reads a message; one that does not read as it should is still an event of some kind.
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
