extension ListenerRuntime {
    /// supervisord writes a message in one go; if the rest has not come by then, it never will.
    private static let messageTimeout = Duration.seconds(30)
    /// When supervisord dies, its ends of both pipes are closed one after the other, within this time.
    private static let endOfInputTimeout = Duration.seconds(2)

    /// Tells supervisord that the listener is ready, and begins to read what it writes.
    func begin() {
        loop.watch(session.input) { [self] in readInput() }
        guard !dispatcher.withLock({ $0.isEnding }) else {
            return loop.unwatch(session.input)
        }
        write { () throws(SystemError) in try session.begin() }
        guard notStarted != nil else {
            return requestSnapshots()
        }
        // Input comes first: if it is at its end, there is no supervisord to ask.
        loop.schedule(at: .now) { [self] in
            if !dispatcher.withLock({ $0.isEnding }) {
                requestSnapshots()
            }
        }
    }

    private func requestSnapshots() {
        // It may have been restarted while everything is being stopped.
        stopWitness?.look()
        snapshots?.begin()
    }

    /// Reads what supervisord has written; the worker hands out the next event after that.
    private func readInput() {
        do {
            if try session.read() {
                return
            }
            if session.isMidMessage, !dispatcher.withLock({ $0.hasPendingEvent }) {
                fail(MessageError.interrupted)
            } else if let notStarted, !session.hasReceived {
                fail(notStarted)
            } else {
                shutDown(with: .success)
            }
        } catch {
            fail(error)
        }
    }

    /// Ends the listener if a message has begun and does not go on in time.
    func awaitRestOfMessage() {
        if session.isMidMessage {
            messageDeadline.start(until: .now + Self.messageTimeout) { [self] in fail(MessageError.interrupted) }
        } else {
            messageDeadline.stop()
        }
    }

    /// Writes to supervisord.
    func write(_ write: () throws(SystemError) -> Void) {
        do {
            try write()
        } catch  where error.isBrokenPipe {
            awaitEndOfInput(error)
        } catch {
            fail(SystemError("write to supervisord on standard output", code: error.code))
        }
    }

    /// Ends the listener: with success if input ends too, because supervisord is gone; otherwise with an error, because supervisord
    /// will never read an answer.
    private func awaitEndOfInput(_ error: SystemError) {
        guard dispatcher.withLock({ $0.stopReceiving() }) else {
            return
        }
        endOfInputDeadline.start(until: .now + Self.endOfInputTimeout) { [self] in
            fail(SystemError("write to supervisord on standard output, which is no longer read", code: error.code))
        }
    }
}
