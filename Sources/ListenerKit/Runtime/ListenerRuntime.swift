import Synchronization

/// Runs a selection of handlers against one supervisord: hands out what comes, from READY to the end.
///
/// What happens when is decided by ``Dispatcher``; here it is carried out. An event goes once from top to bottom: it is read
/// (`+Input`), handed out and acknowledged (`+Events`), and handled (`+Handlers`).
package final class ListenerRuntime: Sendable {
    let reporter: Reporter
    let loop: EventLoop
    let session: ProtocolSession
    let dispatcher: Mutex<Dispatcher>
    let snapshots: Snapshots?
    let stopNudges: StopNudges?
    let processEnds: ProcessEnds?
    let gaps: GapReport
    /// Runs while an event waits for handlers.
    let overdue: Countdown
    /// Runs while a message has begun and is not whole.
    let interruption: Countdown
    /// Runs while nobody reads what is written to supervisord, and input is not at its end.
    let deafness: Countdown
    /// What is wrong if input ends before any event has come.
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
    ///   - notStarted: What is wrong if input ends before any event has come; `nil` if supervisord has started this program.
    ///   - drainTimeout: How long handlers may go on with what is in their mailboxes once the end has come.
    ///   - whenFinished: Called once, at the end, on whichever thread gets there.
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    package init(
        _ request: ListenRequest,
        channel: consuming ProtocolChannel,
        access: SupervisordAccess,
        reporter: Reporter,
        clock: (any ListenerClock)? = nil,
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
        stopNudges = supervisor.map { StopNudges(supervisor: $0, loop: loop) }
        processEnds = supervisor.map { ProcessEnds(supervisor: $0, loop: loop) }
        handlers = request.handlers.enumerated().map { index, type in
            let link = HandlerLink(index, reference, clock)
            let context = Context(
                reporter: reporter,
                handler: type.name,
                request: request,
                access: access,
                runtime: link
            )
            return RunningHandler(type, context, link, LateReport(on: type.name, reporter, loop))
        }
        gaps = GapReport(reporter, on: loop)
        overdue = Countdown(on: loop)
        interruption = Countdown(on: loop)
        deafness = Countdown(on: loop)
    }

    /// Makes the handlers, says READY, and leads the loop; returns when the listener is finished, or when another thread
    /// leads.
    package func run() throws(SystemError) {
        reference.listener = self
        try loop.run { [self] worker in await work(as: worker) }
    }

    /// Calls an action whenever a descriptor is readable.
    func watch(_ descriptor: Int32, _ action: @escaping @Sendable () -> Void) {
        loop.watch(descriptor, action)
    }

    /// Tells the handlers that log files have been moved away.
    package func rotate() {
        deliver(Delivery(.rotation(RotationEvent(time: .now))), to: .rotation)
    }
}
