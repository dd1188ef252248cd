import Synchronization

/// Runs the selected handlers for one supervisord, from READY to the end.
///
/// ``Dispatcher`` decides what happens when, and this type carries it out. An event is read (`+Input`), handed out (`+Events`),
/// handled (`+Handlers`), and acknowledged (`+Events`); `+Shutdown` ends all that.
package final class ListenerRuntime: Sendable {
    let reporter: Reporter
    let loop: EventLoop
    let session: ProtocolSession
    let dispatcher: Mutex<Dispatcher>
    let snapshots: Snapshots?
    let stopNudges: StopNudges?
    let stopWitness: StopWitness?
    let markAnswers: MarkAnswers?
    let processEnds: ProcessEnds?
    let gapReport: GapReport
    /// Acknowledges an event that waits for handlers for too long.
    let acknowledgementDeadline: Countdown
    /// Ends the listener if a message has begun and is not completed in time.
    let messageDeadline: Countdown
    /// Ends the listener if supervisord has stopped reading, and input does not end in time.
    let endOfInputDeadline: Countdown
    /// The error if input ends before any event has come.
    let notStarted: UsageError?
    let drainTimeout: Duration
    let whenFinished: @Sendable (ExitStatus) -> Void
    let handlers: [RunningHandler]
    let reference: RuntimeReference

    /// Prepares a listener.
    ///
    /// - Parameters:
    ///   - request: The handlers, and their options.
    ///   - channel: The descriptors on which supervisord talks.
    ///   - access: How supervisord is reached.
    ///   - reporter: Where messages go.
    ///   - clock: The clock that alarms go by; the machine's by default.
    ///   - makeReadinessSource: Makes a handler's source of readiness; that of this machine by default.
    ///   - notStarted: The error if input ends before any event has come; `nil` if supervisord has started this program.
    ///   - drainTimeout: How long handlers may take, after the end of input, for the events in their mailboxes.
    ///   - whenFinished: Called once, at the end, on any thread.
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    package init(
        _ request: ListenRequest,
        channel: consuming ProtocolChannel,
        access: SupervisordAccess,
        reporter: Reporter,
        clock: (any ListenerClock)? = nil,
        makeReadinessSource: @escaping ReadinessSourceFactory = systemReadiness,
        notStarted: UsageError? = nil,
        drainTimeout: Duration = .seconds(5),
        whenFinished: @escaping @Sendable (ExitStatus) -> Void
    ) throws(SystemError) {
        let loop = try EventLoop()
        let clock = clock ?? LoopClock(loop)
        let reference = RuntimeReference()
        let supervisor = try? access.supervisor.get()
        let categories = request.handlers.map { Categories(handledBy: $0) }
        self.reporter = reporter
        self.loop = loop
        self.reference = reference
        self.notStarted = notStarted
        self.drainTimeout = drainTimeout
        self.whenFinished = whenFinished
        session = ProtocolSession(channel, reporter)
        dispatcher = Mutex(
            Dispatcher(
                categories.map { ($0, isHeld: supervisor != nil && $0.contains(.snapshot)) },
                acknowledgedWithin: request[ListenerOptions.acknowledgeWithin]
            )
        )
        snapshots = supervisor.map {
            Snapshots(
                of: $0,
                areWanted: categories.contains { $0.contains(.snapshot) },
                ownProcess: access.processName,
                runtime: reference,
                loop: loop,
                clock: clock,
                reporter: reporter
            )
        }
        let witness = supervisor.flatMap { supervisor in
            access.stopNotice.map { StopWitness($0, supervisor, access.startLock, loop: loop, reporter) }
        }
        stopWitness = witness
        stopNudges = supervisor.map { [stopNotice = access.stopNotice] in
            // The supervise that has posted the notice does so.
            StopNudges(supervisor: $0, loop: loop, isLeftToOthers: { stopNotice?.isPosted ?? false }) {
                witness?.look()
            }
        }
        markAnswers = access.stopNotice.map { MarkAnswers(to: $0, runtime: reference, loop: loop) }
        processEnds = supervisor.map { ProcessEnds(supervisor: $0, loop: loop) }
        let journal = Journal()
        handlers = request.handlers.enumerated().map { index, type in
            let link = HandlerLink(index, reference, clock, makeReadinessSource)
            let context = Context(
                reporter: reporter,
                handler: type.name,
                request: request,
                access: access,
                runtime: link,
                journal: journal
            )
            return RunningHandler(type, context, link, LateReport(on: type.name, reporter, loop))
        }
        gapReport = GapReport(reporter, on: loop)
        acknowledgementDeadline = Countdown(on: loop)
        messageDeadline = Countdown(on: loop)
        endOfInputDeadline = Countdown(on: loop)
    }

    /// Makes the handlers, says READY, and leads the loop; returns when the listener is finished, or another thread has taken the
    /// lead.
    package func run() throws(SystemError) {
        reference.listener = self
        try loop.run { [self] worker in await work(as: worker) }
    }

    /// Calls an action whenever a descriptor is readable.
    func watch(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
        loop.watch(descriptor, action)
    }

    /// Tells the handlers that log files have been rotated.
    package func rotate() {
        deliver(Delivery(.rotation(RotationEvent(time: .now))), to: .rotation)
    }
}
