extension ListenerRuntime {
    /// So many calls at most are made between two looks at input and timers.
    private static let longestRow = 32

    /// Sees to what comes, and calls handlers, as long as the loop needs this worker.
    ///
    /// Where a handler suspends, another worker takes the place of this one, which then has nothing left to do but to finish
    /// the call. So calls of a handler come from several tasks, but never overlap.
    func work(as worker: EventLoop.Worker) async {
        while loop.look(as: worker) {
            advance()
            var calls = 0
            while let call = dispatcher.withLock({ $0.nextCall() }) {
                loop.beginCall()
                let succeeds = await carryOut(call)
                let isNeeded = loop.endCall(by: worker)
                let completesEvent = finish(call, succeeds)
                guard isNeeded else {
                    return loop.wake()
                }
                if completesEvent {
                    advance()
                }
                calls += 1
                if calls == Self.longestRow {
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
    /// - Returns: Whether the handler can be called again.
    @inline(__always)
    private func carryOut(_ call: Dispatcher.Call) async -> Bool {
        let handler = handlers[call.handler]
        guard let content = call.delivery?.content else {
            return make(handler)
        }
        do {
            if handler.link.wants(content) {
                try await handler.adapter?.handle(content)
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
    private func finish(_ call: Dispatcher.Call, _ succeeds: Bool) -> Bool {
        let outcome = dispatcher.withLock { $0.finish(call, succeeds: succeeds, at: .now) }
        if outcome.hasCaughtUp {
            handlers[call.handler].lateness.end()
        }
        if outcome.overflow > 0 {
            makeUp(forOverflow: outcome.overflow, of: handlers[call.handler])
        }
        return outcome.completesEvent
    }

    /// Shows a handler whose mailbox has overflowed the state of all processes, now that it keeps up again.
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
