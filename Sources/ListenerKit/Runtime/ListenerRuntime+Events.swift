extension ListenerRuntime {
    /// supervisord writes a message in one go; if the rest has not come by then, it never will.
    private static let interruptionTimeout = Duration.seconds(30)
    /// When supervisord dies, its ends of both pipes are closed one after the other, within this time.
    private static let deafnessTimeout = Duration.seconds(2)

    /// Reads what supervisord has written.
    func readInput() {
        do {
            if try conversation.read() {
                handOutNextEvent()
            } else if conversation.isMidMessage {
                fail(MessageError.interrupted)
            } else if let notStarted, !conversation.hasReceived {
                fail(notStarted)
            } else {
                beginToEnd(with: .success)
            }
        } catch {
            fail(error)
        }
    }

    /// Hands out the next event if it is complete.
    private func handOutNextEvent() {
        do {
            if let arrival = try conversation.nextArrival() {
                report(arrival.verdict, of: arrival.event)
                handOut(arrival)
            }
            awaitRestOfMessage()
        } catch {
            fail(error)
        }
    }

    private func report(_ verdict: EventSequence.Verdict, of event: Event) {
        switch verdict {
        case .new, .duplicate: break
        case .afterReload: snapshots?.request(.reload)
        case .afterLoss(let count):
            losses.add(count, pool: event.header.pool)
            snapshots?.request(.lostEvents(count: count))
        }
    }

    private func handOut(_ arrival: Conversation.Arrival) {
        if arrival.verdict != .duplicate {
            notice(arrival.event)
        }
        let delivery = Delivery(.event(arrival.event), number: arrival.number)
        let categories = arrival.verdict == .duplicate ? [] : Categories(of: delivery.content)
        conversation.handOut(arrival.event) { !subscribers[$0].categories.isDisjoint(with: categories) }
        deliver(delivery, to: categories)
    }

    /// Tells those parts of the listener that serve all handlers.
    private func notice(_ event: Event) {
        if case .processState(let change) = event {
            processEnds?.notice(change)
        }
        stopNudges?.notice(event)
    }

    /// Puts something into the mailboxes of the handlers that want it.
    func deliver(_ delivery: Delivery, to categories: Categories) {
        for subscriber in subscribers where !subscriber.categories.isDisjoint(with: categories) {
            if !subscriber.mailbox.put(delivery).isEmpty {
                reporter.reportOnce(
                    .warning,
                    "--\(subscriber.type.name) is too slow: its mailbox is full, and the oldest events are being dropped",
                    key: subscriber.fullMailbox
                )
            }
        }
    }

    /// Acknowledges what the handlers are done with, and plans to acknowledge the rest in time.
    func acknowledge() {
        attempt { () throws(SystemError) in
            while try conversation.acknowledgeIfHandled() {
                overdue.stop()
                handOutNextEvent()
            }
        }
        guard !overdue.isRunning, let (deadline, number) = conversation.wait() else {
            return
        }
        overdue.start(until: deadline) { [self] in
            acknowledgeOverdue(number)
            handOutNextEvent()
        }
    }

    private func acknowledgeOverdue(_ number: UInt64) {
        attempt { () throws(SystemError) in
            try conversation.acknowledgeOverdue(number) { index, event in
                // Before its first snapshot a handler is given nothing, and has nothing to be blamed for.
                guard !subscribers[index].mailbox.isHeld else {
                    return conversation.forgive(index)
                }
                subscribers[index].lateness.begin(with: event)
                // It may have caught up before this was noted.
                if !conversation.isLate(index) {
                    subscribers[index].lateness.end()
                }
            }
        }
    }

    /// Ends the listener if a message has begun and does not go on in time.
    private func awaitRestOfMessage() {
        if conversation.isMidMessage {
            interruption.start(until: .now + Self.interruptionTimeout) { [self] in fail(MessageError.interrupted) }
        } else {
            interruption.stop()
        }
    }

    /// Writes to supervisord.
    func attempt(_ write: () throws(SystemError) -> Void) {
        do {
            try write()
        } catch  where error.isBrokenPipe {
            awaitEndOfInput(error)
        } catch {
            fail(SystemError("write to supervisord on standard output", code: error.code))
        }
    }

    /// Ends the listener: with success if supervisord is gone, and else because it will never hear an answer.
    private func awaitEndOfInput(_ error: SystemError) {
        guard !state.withLock({ $0.isEnding }) else {
            return
        }
        conversation.end()
        deafness.start(until: .now + Self.deafnessTimeout) { [self] in
            fail(SystemError("write to supervisord on standard output, which is no longer read", code: error.code))
        }
    }

    /// Reports an error, and ends the listener with the status for it.
    func fail(_ error: any Error) {
        if let error = error as? UsageError {
            reporter.report(error)
        } else {
            reporter.reportOnce(.error, "\(error)")
        }
        beginToEnd(with: ExitStatus(for: error))
    }
}
