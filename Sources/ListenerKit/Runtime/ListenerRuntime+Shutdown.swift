extension ListenerRuntime {
    /// Lets the handlers finish what they have, and ends; at once if this is the second call.
    package func end() {
        if !shutDown(with: .success) {
            finish()
        }
    }

    /// Reports an error, and ends the listener with the status for it.
    func fail(_ error: any Error) {
        if let error = error as? UsageError {
            reporter.report(error)
        } else {
            reporter.reportOnce(.error, "\(error)")
        }
        shutDown(with: ExitStatus(for: error))
    }

    /// Lets the handlers finish what they have, and ends; called on any thread.
    ///
    /// - Parameter status: The status with which the listener ends.
    /// - Returns: Whether this is the first call; later ones change nothing.
    @discardableResult
    func shutDown(with status: ExitStatus) -> Bool {
        guard dispatcher.withLock({ $0.shutDown(with: status) }) else {
            return false
        }
        loop.unwatch(session.input)
        endOfInputDeadline.stop()
        loop.schedule(at: .now + drainTimeout) { [self] in finish() }
        loop.wake()
        return true
    }

    /// Ends, whatever handlers are still at.
    func finish() {
        guard let (mustAcknowledge, unfinished) = dispatcher.withLock({ $0.finish() }) else {
            return
        }
        if mustAcknowledge {
            // What is handled and not acknowledged would be delivered again to the next listener.
            try? session.acknowledge(asksForNext: false)
        }
        for handler in unfinished {
            report(handler)
        }
        for index in handlers.indices where !dispatcher.withLock({ $0.isBusy(index) }) {
            handlers[index].discard()
        }
        gapReport.reportRest()
        reference.listener = nil
        loop.finish()
        whenFinished(dispatcher.withLock { $0.status })
    }

    private func report(_ unfinished: Dispatcher.Unfinished) {
        let count = unfinished.count
        let present = unfinished.event.map { "is still handling \($0.lateName)" } ?? "is still at work"
        let rest = count > 0 ? ", and left \(count) \(count == 1 ? "event" : "events") unhandled" : ""
        reporter.report(.warning, "\(handlers[unfinished.handler].flag) \(present)\(rest)")
    }
}
