extension ListenerRuntime {
    /// Receives and acknowledges events, until handlers or supervisord have to come first; called by the active worker.
    func advance() {
        while true {
            switch dispatcher.withLock({ $0.nextStep() }) {
            case .reportReady: begin()
            case .acknowledge: acknowledge(asksForNext: true)
            case .acknowledgeLast: acknowledge(asksForNext: false)
            case .receive:
                guard receiveEvent() else {
                    return
                }
            case .finish: return finish()
            case .wait: return
            }
        }
    }

    private func acknowledge(asksForNext: Bool) {
        acknowledgementDeadline.stop()
        write { () throws(SystemError) in try session.acknowledge(asksForNext: asksForNext) }
    }

    /// Hands out the next event if it is complete.
    ///
    /// - Returns: Whether it was.
    private func receiveEvent() -> Bool {
        do {
            let arrival = try session.nextEvent()
            awaitRestOfMessage()
            if let arrival {
                report(arrival.verdict, of: arrival.event)
                handOut(arrival)
            }
            return arrival != nil
        } catch {
            fail(error)
            return false
        }
    }

    private func report(_ verdict: EventSequence.Verdict, of event: Event) {
        switch verdict {
        case .new, .duplicate: break
        case .afterReload: snapshots?.request(.reload)
        case .afterGap(let count):
            gapReport.add(count, pool: event.header.pool)
            snapshots?.request(.lostEvents(count: count))
        }
    }

    private func handOut(_ arrival: ProtocolSession.Arrival) {
        guard arrival.verdict != .duplicate else {
            return report(overflowing: dispatcher.withLock { $0.handOut(arrival.event, to: []) })
        }
        // The parts of the listener that serve all handlers come first.
        processEnds?.record(arrival.event, arrival.kind)
        stopNudges?.record(arrival.kind)
        if case .remoteCommunication = arrival.kind {
            markAnswers?.answer(arrival.event)
        }
        let categories = Categories(of: .event(arrival.event))
        report(overflowing: dispatcher.withLock { $0.handOut(arrival.event, to: categories) })
    }

    /// Gives something to the handlers that want it; called on any thread.
    func deliver(_ delivery: Delivery, to categories: Categories) {
        report(overflowing: dispatcher.withLock { $0.put(delivery, for: categories) })
        loop.wake()
    }

    /// Gives something to one handler; called on any thread.
    func deliver(_ delivery: Delivery, toHandler index: Int) {
        report(overflowing: dispatcher.withLock { $0.put(delivery, forHandler: index) })
        loop.wake()
    }

    /// Gives a snapshot to the handlers that want it; called on any thread.
    func deliver(_ snapshot: Snapshot) {
        report(overflowing: dispatcher.withLock { $0.put(snapshot) })
        loop.wake()
    }

    /// Gives handlers what waits for the first snapshot; called on any thread.
    func releaseMailboxes() {
        dispatcher.withLock { $0.releaseMailboxes() }
        loop.wake()
    }

    private func report(overflowing handlers: [Int]) {
        for index in handlers {
            let handler = self.handlers[index]
            reporter.reportOnce(
                .warning,
                "\(handler.flag) is too slow: its mailbox is full, and the oldest events are being dropped",
                key: handler.overflowKey
            )
        }
    }
}

// MARK: - Events that wait

extension ListenerRuntime {
    /// Starts the acknowledgement deadline, if the last event waits for a handler.
    func limitWaiting() {
        guard let (deadline, number) = dispatcher.withLock({ $0.wait(from: .now) }), !acknowledgementDeadline.isRunning
        else {
            return
        }
        acknowledgementDeadline.start(until: deadline) { [self] in acknowledgeOverdue(number) }
    }

    /// Acknowledges an event although handlers are not done with it, except for handlers that may take longer.
    private func acknowledgeOverdue(_ number: UInt64) {
        guard let (report, answer) = dispatcher.withLock({ $0.expire(number, at: .now) }) else {
            return
        }
        for index in report?.late ?? [] {
            report.map { handlers[index].lateness.begin(with: $0.event) }
            // It may have caught up before this was recorded.
            if !dispatcher.withLock({ $0.isLate(index) }) {
                handlers[index].lateness.end()
            }
        }
        if let answer {
            acknowledge(asksForNext: answer == .acknowledge)
        }
    }
}
