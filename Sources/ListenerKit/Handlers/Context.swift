/// The listener's services for a handler: its options, supervisord, and the listener itself.
///
/// A handler may keep it, and use it from any task.
public struct Context: Sendable {
    /// Writes messages to standard error.
    public let reporter: Reporter

    let handler: String
    package let request: ListenRequest
    let access: SupervisordAccess
    let runtime: any HandlerRuntime
    /// What handlers learn and decide beside supervisord's events.
    package let journal: Journal

    /// Puts together what a handler is offered.
    package init(
        reporter: Reporter,
        handler: String,
        request: ListenRequest,
        access: SupervisordAccess,
        runtime: any HandlerRuntime,
        journal: Journal = Journal()
    ) {
        self.reporter = reporter
        self.handler = handler
        self.request = request
        self.access = access
        self.runtime = runtime
        self.journal = journal
    }
}

// MARK: - Options

extension Context {
    /// The value of one of the handler's own options: the one that was given, or the default.
    ///
    /// An option that is not among the handler's `options` can never be given; to read one is reported as an error, and ends the
    /// listener.
    ///
    /// - Parameter option: The option, as the handler declares it.
    public subscript<Value>(option: Option<Value>) -> Value {
        if !request.declares(option, handler: handler) {
            runtime.fail(.undeclaredOption(option: CommandLineOption(option, of: handler).usage))
        }
        return request.value(of: option, handler: handler)
    }

    /// The value of one of the handler's required options.
    ///
    /// It is there: without it, the program ends before any handler is made. Only reading an option that is not among the handler's
    /// `options` throws.
    ///
    /// - Parameter option: The option, as the handler declares it.
    public subscript<Value>(option: RequiredOption<Value>) -> Value {
        get throws(UsageError) {
            guard let value = request.value(of: option, handler: handler) else {
                throw .undeclaredOption(option: CommandLineOption(option, of: handler).usage)
            }
            return value
        }
    }

    /// Returns whether another handler is selected too.
    ///
    /// - Parameter name: The name of the other handler.
    /// - Returns: Whether it listens beside this one.
    public func isSelected(_ name: String) -> Bool {
        request.isSelected(name)
    }

    /// Returns the value of another handler's option: the one that was given, or the default.
    ///
    /// - Parameters:
    ///   - option: The option, as the other handler declares it.
    ///   - name: The name of the other handler.
    /// - Returns: The value.
    package func value<Value>(of option: Option<Value>, from name: String) -> Value {
        request.value(of: option, handler: name)
    }
}

// MARK: - supervisord

extension Context {
    /// The name of the process that runs the handler: the listener's own.
    ///
    /// To stop it would end the handler that does so. It is nil if supervisord has not started the listener.
    public var processName: ProcessName? { access.processName }

    /// Returns supervisord's RPC interface.
    ///
    /// - Returns: The interface; nothing has been sent to it yet.
    /// - Throws: ``NoSupervisorError`` if its address is not known.
    public func supervisor() throws(NoSupervisorError) -> Supervisor {
        try access.supervisor.get()
    }

    /// Returns supervisord's configuration as it was when the listener started.
    ///
    /// - Returns: The configuration, with the problems in it.
    /// - Throws: ``ConfigurationError`` if it cannot be found or read.
    public func configuration() throws(ConfigurationError) -> SupervisorConfiguration {
        try access.configuration.get()
    }

    /// Returns supervisord's configuration as its files are now.
    ///
    /// The files are read only if one of them has changed since a handler last called this, so a call costs little. Call it
    /// when a ``Snapshot`` has other processes than the one before, or when a group was added: then supervisord has read them
    /// again, for `supervisorctl update`. At any other time they may be ahead of supervisord.
    ///
    /// - Returns: The configuration, with the problems in it.
    /// - Throws: ``ConfigurationError`` if it cannot be found or read.
    public func rereadConfiguration() throws(ConfigurationError) -> SupervisorConfiguration {
        try access.reread()
    }

    /// Returns whether supervisord sends the listener an event, by `events=` in its section.
    ///
    /// - Parameter event: The event.
    /// - Returns: Whether it does; nil if the section is not known.
    package func isSubscribed(to event: EventKind) -> Bool? {
        access.listenerSection.map { section in
            section.events.contains { EventKind(rawValue: $0)?.includes(event) ?? false }
        }
    }

    /// Asks supervisord about a process, once for all handlers if it is the one whose end supervisord has just reported.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - timeout: How long the call may take.
    /// - Returns: What supervisord knows about it; nil if the address of supervisord is not known.
    /// - Throws: ``SupervisorError``.
    package func processInfo(
        of process: ProcessName,
        within timeout: Duration
    ) async throws(SupervisorError) -> ProcessInformation? {
        if let information = try await runtime.sharedProcessInfo(of: process, within: timeout) {
            return information
        }
        return try await (try? supervisor())?.processInfo(of: process, within: timeout)
    }

    /// Waits until supervisord has been asked about the process whose end it has just reported, because it answers no more once
    /// it is told to shut down.
    ///
    /// - Parameter timeout: How long the call may take.
    package func askAboutLatestEnd(within timeout: Duration) async {
        await runtime.askAboutLatestEnd(within: timeout)
    }

    /// Nudges supervisord from now on until it has stopped, because it has been told to.
    package func nudgeWhileStopping() {
        runtime.nudgeWhileStopping()
    }

    /// The lock that keeps starts apart from the order to shut down.
    package var startLock: StartLock { access.startLock }

    /// By which `supervise` says that everything is being stopped; nil if no `supervise` runs the listener.
    package var stopNotice: StopNoticeReader? { access.stopNotice }

    /// Whether `supervise` is stopping everything: what fails from then on fails because of that.
    package var isEverythingStopping: Bool { access.stopNotice?.isPosted ?? false }
}

// MARK: - The listener

extension Context {
    /// The present time of the clock that alarms go by: the machine's, or in a test the one that the test moves.
    ///
    /// ``AlarmEvent/time`` and ``Snapshot/time`` are times of this clock.
    public var now: ContinuousClock.Instant { runtime.now }

    /// Calls the handler as an ``AlarmHandler`` at a time; each handler has one alarm, and setting it again moves it.
    ///
    /// - Parameter deadline: The time; one that has passed means at once, and nil takes the alarm back.
    public func setAlarm(at deadline: ContinuousClock.Instant?) {
        runtime.setAlarm(at: deadline)
    }

    /// Calls the handler as an ``AlarmHandler`` after some time; each handler has one alarm, and setting it again moves it.
    ///
    /// - Parameter delay: The time from now on.
    public func setAlarm(after delay: Duration) {
        runtime.setAlarm(at: runtime.now + delay)
    }

    /// Has the handler called as a ``FinishedWorkHandler``, after what is in its mailbox; from any thread.
    package func deliverFinishedWork() {
        runtime.deliverFinishedWork()
    }

    /// Returns a source of readiness; the handler is called as a ``FinishedWorkHandler`` when it has news.
    ///
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    package func makeReadinessSource() throws(SystemError) -> any ReadinessSource {
        try runtime.makeReadinessSource { [runtime] in runtime.deliverFinishedWork() }
    }

    /// Asks supervisord how all processes are, and passes the ``Snapshot`` to all handlers of snapshots.
    ///
    /// - Parameter delay: How long to wait before supervisord is asked, for example because it has just not answered.
    public func requestSnapshot(after delay: Duration = .zero) {
        runtime.requestSnapshot(after: delay)
    }

    /// Ends the listener with status 0, once all handlers have finished what is in their mailboxes.
    public func end() {
        runtime.end()
    }
}
