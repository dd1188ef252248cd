import Synchronization

/// Runs a selection of handlers against one supervisord: hands out what comes, from READY to the end.
package final class ListenerRuntime: Sendable {
    private struct State {
        /// Handlers that have not yet been made.
        var starting: Int
        /// Handlers whose mailboxes are not yet closed and empty.
        var working: Int
        var isEnding = false
        var status = ExitStatus.success
        var isFinished = false
    }

    /// supervisord writes a message in one go; where the rest does not come for so long, it never will.
    private static let longestInterruption = Duration.seconds(30)
    /// How long handlers may go on with what is in their mailboxes once the end has come.
    private static let grace = Duration.seconds(5)

    private let request: ListenRequest
    private let surroundings: Surroundings
    private let reporter: Reporter
    private let subscribers: [Subscriber]
    private let loop: EventLoop
    private let conversation: Conversation
    private let snapshots: Snapshots?
    private let stopNudges: StopNudges?
    private let processEnds: ProcessEnds?
    private let losses: LossReport
    /// Runs while handlers are at work on an event that is not acknowledged.
    private let overdue: Countdown
    /// Runs while a message has begun and is not whole.
    private let interruption: Countdown
    private let state: Mutex<State>
    private let whenFinished: @Sendable (ExitStatus) -> Void

    /// Prepares a listener.
    ///
    /// - Parameters:
    ///   - request: The handlers, and their options.
    ///   - channel: Where supervisord is.
    ///   - surroundings: What is known about supervisord.
    ///   - reporter: Where messages go.
    ///   - whenFinished: Called once, at the end, on whichever thread gets there.
    /// - Throws: ``SystemError`` where the system has no more descriptors.
    package init(
        _ request: ListenRequest,
        channel: consuming ProtocolChannel,
        surroundings: Surroundings,
        reporter: Reporter,
        whenFinished: @escaping @Sendable (ExitStatus) -> Void
    ) throws(SystemError) {
        let supervisor = try? surroundings.supervisor.get()
        let subscribers = request.handlers.map { Subscriber($0, holdsMail: supervisor != nil) }
        let loop = try EventLoop()
        self.request = request
        self.surroundings = surroundings
        self.reporter = reporter
        self.subscribers = subscribers
        self.loop = loop
        self.whenFinished = whenFinished
        conversation = Conversation(channel, reporter: reporter)
        snapshots = supervisor.map {
            Snapshots(supervisor: $0, subscribers: subscribers, loop: loop, reporter: reporter)
        }
        stopNudges = supervisor.map { StopNudges(supervisor: $0, loop: loop) }
        processEnds = supervisor.map { ProcessEnds(supervisor: $0, loop: loop) }
        losses = LossReport(reporter, on: loop)
        overdue = Countdown(on: loop)
        interruption = Countdown(on: loop)
        state = Mutex(State(starting: subscribers.count, working: subscribers.count))
    }

    /// Makes the handlers, says READY, and leads the loop; returns when the listener is finished, or when another thread
    /// leads.
    package func run() throws(SystemError) {
        for subscriber in subscribers {
            start(subscriber.type, subscriber)
        }
        try loop.run { [self] in settle() }
    }

    /// Calls an action whenever a descriptor is readable.
    func watch(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
        loop.watch(descriptor, action)
    }

    /// Tells the handlers that log files have been moved away.
    package func rotate() {
        deliver(.rotation(RotationEvent(time: .now)), number: 0)
    }

    /// Lets the handlers finish what they have, and ends; at once where this is the second call.
    package func end() {
        if !beginToEnd(with: .success) {
            finish()
        }
    }

    /// Lets the handlers finish what they have, and ends.
    ///
    /// - Returns: Whether this is the first call; later ones change nothing.
    @discardableResult
    private func beginToEnd(with status: ExitStatus) -> Bool {
        let (isFirst, isIdle) = state.withLock { state in
            defer { state.isEnding = true }
            if !state.isEnding {
                state.status = status
            }
            return (!state.isEnding, state.working == 0)
        }
        guard isFirst else {
            return false
        }
        loop.unwatch(conversation.input)
        conversation.end()
        guard !isIdle else {
            finish()
            return true
        }
        loop.schedule(at: .now + Self.grace) { [self] in
            sayWhatIsLeft()
            finish()
        }
        for subscriber in subscribers {
            subscriber.mailbox.close()
        }
        return true
    }

    private func finish() {
        let status = state.withLock { state in
            defer { state.isFinished = true }
            return state.isFinished ? nil : state.status
        }
        if let status {
            // What is handled and not acknowledged would be delivered again to the next listener.
            _ = try? conversation.acknowledgeIfHandled()
            losses.sayRest()
            loop.finish()
            whenFinished(status)
        }
    }

    private func sayWhatIsLeft() {
        for subscriber in subscribers where subscriber.mailbox.count > 0 {
            reporter.say(.warning, "--\(subscriber.type.name) left \(subscriber.mailbox.count) events unhandled")
        }
    }
}

// MARK: - Handlers

extension ListenerRuntime {
    /// Makes a handler in a task of its own, and lets it work through its mailbox there.
    private func start<Instance: Handler>(_ type: Instance.Type, _ subscriber: Subscriber) {
        Task(executorPreference: loop) { [self] in
            let link = HandlerLink(
                loop: loop,
                mailbox: subscriber.mailbox,
                snapshots: snapshots,
                stopNudges: stopNudges,
                processEnds: processEnds,
                endListener: { [self] in beginToEnd(with: .success) }
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
                reporter.sayUsage(error)
                beginToEnd(with: .usage)
            } catch {
                reporter.say(.error, "\(error)")
                beginToEnd(with: ExitStatus(for: error))
            }
            handlerEnded()
        }
    }

    private func work(_ dispatch: Dispatch, _ subscriber: Subscriber, _ link: HandlerLink) async {
        while let delivery = await subscriber.mailbox.next() {
            do {
                if link.wants(delivery.content) {
                    try await dispatch(delivery.content)
                }
            } catch {
                reporter.sayOnce(.error, "--\(subscriber.type.name): \(error)")
            }
            if conversation.handled(delivery.number) {
                loop.wake()
            }
            makeUpForLosses(of: subscriber)
        }
    }

    /// Says what a full mailbox has dropped, and shows the handler how things stand, now that it keeps up again.
    private func makeUpForLosses(of subscriber: Subscriber) {
        let lost = subscriber.mailbox.takeLosses()
        if lost > 0 {
            reporter.settle(subscriber.fullMailbox)
            reporter.say(.warning, "--\(subscriber.type.name) keeps up again; \(lost) events were dropped")
            snapshots?.request(.lostEvents(lost))
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
        snapshots?.begin()
    }

    private func handlerEnded() {
        let isLast = state.withLock { state in
            state.working -= 1
            return state.working == 0 && state.isEnding
        }
        if isLast {
            finish()
        }
    }
}

// MARK: - Events

extension ListenerRuntime {
    private func readInput() {
        do {
            if try conversation.read() {
                takeArrivals()
            } else if conversation.isMidMessage {
                fail(MessageError.interrupted)
            } else {
                beginToEnd(with: .success)
            }
        } catch {
            fail(error)
        }
    }

    /// Hands out the next event, where all of it is there.
    private func takeArrivals() {
        do {
            if let arrival = try conversation.nextArrival(), arrival.verdict != .duplicate {
                report(arrival.verdict, of: arrival.event)
                if case .processState(let change) = arrival.event {
                    processEnds?.notice(change)
                }
                stopNudges?.notice(arrival.event)
                conversation.expect(deliver(.event(arrival.event), number: arrival.number))
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
            snapshots?.request(.lostEvents(count))
        }
    }

    /// Puts something into the mailboxes of the handlers that want it.
    ///
    /// - Returns: How many these are.
    @discardableResult
    private func deliver(_ content: Delivery.Content, number: UInt64) -> Int {
        let delivery = Delivery(content, number: number)
        let categories = Categories(of: content)
        var count = 0
        for subscriber in subscribers where !subscriber.categories.isDisjoint(with: categories) {
            if !subscriber.mailbox.put(delivery).isEmpty {
                reporter.sayOnce(
                    .warning,
                    "--\(subscriber.type.name) is too slow: its mailbox is full, and the oldest events are being dropped",
                    cause: subscriber.fullMailbox
                )
            }
            count += 1
        }
        return count
    }

    /// Acknowledges what the handlers are done with, and sees to it that the rest is acknowledged in time.
    private func settle() {
        attempt { () throws(SystemError) in
            while try conversation.acknowledgeIfHandled() {
                overdue.stop()
                takeArrivals()
            }
        }
        guard let number = conversation.unacknowledged, !overdue.isRunning else {
            return
        }
        overdue.start(until: .now + request[ListenerOptions.acknowledgeWithin]) { [self] in
            attempt { () throws(SystemError) in try conversation.acknowledge(number) }
            takeArrivals()
        }
    }

    /// Ends the listener where a message has begun and does not go on.
    private func awaitRestOfMessage() {
        if conversation.isMidMessage {
            interruption.start(until: .now + Self.longestInterruption) { [self] in fail(MessageError.interrupted) }
        } else {
            interruption.stop()
        }
    }

    /// Writes to supervisord; where that fails supervisord is gone.
    private func attempt(_ write: () throws(SystemError) -> Void) {
        do {
            try write()
        } catch  where error.isBrokenPipe {
            beginToEnd(with: .success)
        } catch {
            fail(SystemError("write to supervisord on standard output", code: error.code))
        }
    }

    private func fail(_ error: any Error) {
        reporter.sayOnce(.error, "\(error)")
        beginToEnd(with: ExitStatus(for: error))
    }
}
