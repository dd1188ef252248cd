extension ListenerRuntime {
    /// Makes a handler in a task of its own, and lets it work through its mailbox there.
    func start<Instance: Handler>(_ type: Instance.Type, _ subscriber: Subscriber) {
        Task(executorPreference: loop) { [self] in
            let link = HandlerLink(
                clock: clock,
                mailbox: subscriber.mailbox,
                snapshots: snapshots,
                stopNudges: stopNudges,
                processEnds: processEnds,
                endListener: { [self] in beginToEnd(with: .success) },
                failListener: { [self] error in fail(error) }
            )
            let context = Context(
                reporter: reporter,
                handler: type.name,
                request: request,
                surroundings: surroundings,
                runtime: link
            )
            do {
                let dispatch = Dispatch(try Instance(context))
                handlerStarted()
                await work(dispatch, subscriber, link)
            } catch let error as UsageError {
                reporter.report(error)
                beginToEnd(with: .usage)
            } catch {
                reporter.report(.error, "\(error)")
                beginToEnd(with: ExitStatus(for: error))
            }
            handlerEnded(subscriber)
        }
    }

    private func work(_ dispatch: Dispatch, _ subscriber: Subscriber, _ link: HandlerLink) async {
        while let delivery = await subscriber.mailbox.next() {
            do {
                if link.wants(delivery.content) {
                    try await dispatch(delivery.content)
                }
            } catch {
                reporter.reportOnce(.error, "--\(subscriber.type.name): \(error)")
            }
            link.finish(delivery.content)
            handlerFinished(delivery, subscriber)
            makeUpForLosses(of: subscriber)
        }
    }

    private func handlerFinished(_ delivery: Delivery, _ subscriber: Subscriber) {
        switch conversation.finish(delivery.number, by: subscriber.index) {
        case .irrelevant: break
        case .completesEvent: loop.wake()
        case .mayHaveCaughtUp:
            if subscriber.mailbox.count == 0, conversation.catchUp(subscriber.index) {
                subscriber.lateness.end()
            }
        }
    }

    /// Says what a full mailbox has dropped, and shows the handler how things stand, now that it keeps up again.
    private func makeUpForLosses(of subscriber: Subscriber) {
        let lost = subscriber.mailbox.takeLosses()
        if lost > 0 {
            reporter.clear(key: subscriber.fullMailbox)
            let events = lost == 1 ? "event was" : "events were"
            reporter.report(.warning, "--\(subscriber.type.name) keeps up again; \(lost) \(events) dropped")
            snapshots?.request(.lostEvents(count: lost))
        }
    }

    /// Once every handler has been made, supervisord can be told.
    private func handlerStarted() {
        let areAllStarted = state.withLock { state in
            state.starting -= 1
            return state.starting == 0 && !state.isEnding
        }
        guard areAllStarted else {
            return
        }
        loop.watch(conversation.input) { [self] in readInput() }
        guard !state.withLock({ $0.isEnding }) else {
            return loop.unwatch(conversation.input)
        }
        attempt { () throws(SystemError) in try conversation.begin() }
        guard notStarted != nil else {
            return askForSnapshots()
        }
        // Input comes first: if it is at its end, there is no supervisord to ask.
        loop.schedule(at: .now) { [self] in
            if !state.withLock({ $0.isEnding }) {
                askForSnapshots()
            }
        }
    }

    private func askForSnapshots() {
        snapshots?.begin { [self] error in refused(error) }
    }

    /// Ends the listener if one of its handlers is useless without supervisord's answers.
    private func refused(_ error: SupervisorError) {
        if subscribers.contains(where: { $0.type is any SupervisorDependent.Type }) {
            fail(error)
        } else {
            reporter.reportOnce(.warning, "\(error)")
        }
    }

    private func handlerEnded(_ subscriber: Subscriber) {
        let isLast = state.withLock { state in
            state.working.remove(subscriber.index)
            return state.working.isEmpty && state.isEnding
        }
        if isLast {
            finish()
        }
    }
}
