import Synchronization

/// Runs a selection of handlers against one supervisord: hands out what comes, from READY to the end.
package final class ListenerRuntime: Sendable {
    struct State {
        /// How many handlers have not yet been made.
        var starting: Int
        /// The handlers whose mailboxes are not yet closed and empty.
        var working: Set<Int>
        var isEnding = false
        var status = ExitStatus.success
        var isFinished = false
    }

    let request: ListenRequest
    let surroundings: Surroundings
    let reporter: Reporter
    let subscribers: [Subscriber]
    let loop: EventLoop
    /// The clock that handlers go by.
    let clock: any ListenerClock
    let conversation: Conversation
    let snapshots: Snapshots?
    let stopNudges: StopNudges?
    let processEnds: ProcessEnds?
    let losses: LossReport
    /// Runs while handlers are at work on an event that is not acknowledged.
    let overdue: Countdown
    /// Runs while a message has begun and is not whole.
    let interruption: Countdown
    /// Runs while nobody reads what is written to supervisord, and input is not at its end.
    let deafness: Countdown
    /// What is wrong if input ends before any event has come.
    let notStarted: UsageError?
    let state: Mutex<State>
    private let drainTimeout: Duration
    private let whenFinished: @Sendable (ExitStatus) -> Void

    /// Prepares a listener.
    ///
    /// - Parameters:
    ///   - request: The handlers, and their options.
    ///   - channel: Where supervisord is.
    ///   - surroundings: What is known about supervisord.
    ///   - reporter: Where messages go.
    ///   - clock: The clock that handlers go by; nil for the machine's.
    ///   - notStarted: What is wrong if input ends before any event has come; `nil` if supervisord has started this program.
    ///   - drainTimeout: How long handlers may go on with what is in their mailboxes once the end has come.
    ///   - whenFinished: Called once, at the end, on whichever thread gets there.
    /// - Throws: ``SystemError`` where the system has no more descriptors.
    package init(
        _ request: ListenRequest,
        channel: consuming ProtocolChannel,
        surroundings: Surroundings,
        reporter: Reporter,
        clock: (any ListenerClock)? = nil,
        notStarted: UsageError? = nil,
        drainTimeout: Duration = .seconds(5),
        whenFinished: @escaping @Sendable (ExitStatus) -> Void
    ) throws(SystemError) {
        let supervisor = try? surroundings.supervisor.get()
        let loop = try EventLoop()
        let clock = clock ?? LoopClock(loop)
        let subscribers = request.handlers.enumerated().map { index, type in
            Subscriber(type, index: index, holdsMail: supervisor != nil, reporter, loop)
        }
        self.request = request
        self.surroundings = surroundings
        self.reporter = reporter
        self.subscribers = subscribers
        self.loop = loop
        self.clock = clock
        self.drainTimeout = drainTimeout
        self.whenFinished = whenFinished
        conversation = Conversation(
            channel,
            handlers: subscribers.count,
            acknowledgedWithin: request[ListenerOptions.acknowledgeWithin],
            reporter: reporter
        )
        snapshots = supervisor.map {
            Snapshots(
                supervisor: $0,
                subscribers: subscribers,
                ownProcess: surroundings.processName,
                loop: loop,
                clock: clock,
                reporter: reporter
            )
        }
        stopNudges = supervisor.map { StopNudges(supervisor: $0, loop: loop) }
        processEnds = supervisor.map { ProcessEnds(supervisor: $0, loop: loop) }
        losses = LossReport(reporter, on: loop)
        overdue = Countdown(on: loop)
        interruption = Countdown(on: loop)
        deafness = Countdown(on: loop)
        self.notStarted = notStarted
        state = Mutex(State(starting: subscribers.count, working: Set(subscribers.indices)))
    }

    /// Makes the handlers, says READY, and leads the loop; returns when the listener is finished, or when another thread
    /// leads.
    package func run() throws(SystemError) {
        for subscriber in subscribers {
            start(subscriber.type, subscriber)
        }
        try loop.run { [self] in acknowledge() }
    }

    /// Calls an action whenever a descriptor is readable.
    func watch(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
        loop.watch(descriptor, action)
    }

    /// Tells the handlers that log files have been moved away.
    package func rotate() {
        deliver(Delivery(.rotation(RotationEvent(time: .now))), to: .rotation)
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
    func beginToEnd(with status: ExitStatus) -> Bool {
        let (isFirst, isIdle) = state.withLock { state in
            defer { state.isEnding = true }
            if !state.isEnding {
                state.status = status
            }
            return (!state.isEnding, state.working.isEmpty)
        }
        guard isFirst else {
            return false
        }
        loop.unwatch(conversation.input)
        deafness.stop()
        conversation.end()
        guard !isIdle else {
            finish()
            return true
        }
        loop.schedule(at: .now + drainTimeout) { [self] in finish() }
        for subscriber in subscribers {
            subscriber.mailbox.close()
        }
        return true
    }

    /// Ends, whatever handlers are still at.
    func finish() {
        let (status, working) = state.withLock { state in
            defer { state.isFinished = true }
            return (state.isFinished ? nil : state.status, state.working)
        }
        if let status {
            // What is handled and not acknowledged would be delivered again to the next listener.
            _ = try? conversation.acknowledgeIfHandled()
            for subscriber in subscribers where working.contains(subscriber.index) && !subscriber.mailbox.isDone {
                sayWhatIsLeft(by: subscriber)
            }
            losses.sayRest()
            loop.finish()
            whenFinished(status)
        }
    }

    private func sayWhatIsLeft(by subscriber: Subscriber) {
        let count = subscriber.mailbox.count
        let event = conversation.event(awaiting: subscriber.index)
        let present = event.map { "is still handling \($0.lateName)" } ?? "is still at work"
        let rest = count > 0 ? ", and left \(count) \(count == 1 ? "event" : "events") unhandled" : ""
        reporter.report(.warning, "--\(subscriber.type.name) \(present)\(rest)")
    }
}
