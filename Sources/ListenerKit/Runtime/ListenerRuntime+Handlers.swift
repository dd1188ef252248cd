extension ListenerRuntime {
    /// How many calls are made at most before input and timers are looked at again.
    private static let callLimit = 32

    /// Waits for input and timers, and calls handlers, as long as the loop needs this worker.
    ///
    /// If a handler suspends, another worker takes the place of this one, which only finishes the call. So calls of a handler come
    /// from several tasks, but never overlap.
    func work(as worker: EventLoop.Worker) async {
        while loop.look(as: worker) {
            advance()
            var calls = 0
            while let call = dispatcher.withLock({ $0.nextCall() }) {
                // The parts of the call; each further use of the whole would copy it.
                let (handler, number, content) = (call.handler, call.delivery?.number, call.delivery?.content)
                loop.beginCall()
                let succeeds = await self.call(handlers[handler], with: content)
                let isNeeded = loop.endCall(by: worker)
                let completesEvent = finish(callOf: handler, number, succeeds)
                guard isNeeded else {
                    return loop.wake()
                }
                if completesEvent {
                    advance()
                }
                calls += 1
                if calls == Self.callLimit {
                    loop.wake()
                    break
                }
            }
            limitWaiting()
            await loop.runJobs()
        }
    }

    /// Makes or calls a handler, and reports what it throws.
    ///
    /// It is called from one place; by itself it would be one more asynchronous frame for each event and handler.
    ///
    /// - Parameters:
    ///   - handler: The handler.
    ///   - content: The content that it is called with; `nil` if it has to be made first.
    /// - Returns: Whether the handler can be called again.
    @inline(__always)
    private func call(_ handler: RunningHandler, with content: Delivery.Content?) async -> Bool {
        guard let content else {
            return make(handler)
        }
        do {
            switch handler.begin(content) {
            case .done: return true
            case .unfinished(let rest): await rest()
            case .notBegun:
                if handler.link.wants(content) {
                    try await handler.adapter?.handle(content)
                }
            }
        } catch {
            reporter.reportOnce(.error, "\(handler.flag): \(error)")
        }
        handler.link.finish(content)
        return true
    }

    private func make(_ handler: RunningHandler) -> Bool {
        do {
            try handler.make()
            return true
        } catch let error as UsageError {
            reporter.report(error)
            shutDown(with: .usage)
        } catch {
            reporter.report(.error, "\(error)")
            shutDown(with: ExitStatus(for: error))
        }
        return false
    }

    /// Records that a call is finished, and reports what follows for the handler.
    ///
    /// - Returns: Whether there is something to be done that waited for it.
    private func finish(callOf handler: Int, _ number: UInt64?, _ succeeds: Bool) -> Bool {
        let outcome = dispatcher.withLock { $0.finish(callOf: handler, number, succeeds: succeeds, at: .now) }
        if outcome.hasCaughtUp {
            handlers[handler].lateness.end()
        }
        if outcome.overflow > 0 {
            makeUp(forOverflow: outcome.overflow, of: handlers[handler])
        }
        return outcome.completesEvent
    }

    /// Gives a snapshot to a handler whose mailbox has overflowed, now that it keeps up again.
    private func makeUp(forOverflow count: Int, of handler: RunningHandler) {
        reporter.clear(key: handler.overflowKey)
        reporter.report(
            .warning,
            "\(handler.flag) keeps up again; \(count) \(count == 1 ? "event was" : "events were") dropped"
        )
        snapshots?.request(.lostEvents(count: count))
    }

    /// Ends the listener if one of its handlers is useless without supervisord's answers, because there will be none.
    func acceptRefusal(_ error: SupervisorError) {
        if handlers.contains(where: { $0.needsSupervisor }) {
            fail(error)
        } else {
            reporter.reportOnce(.warning, "\(error)")
        }
    }
}
