/// What the listener offers to a handler.
public struct Context: Sendable {
    /// Says things on standard error.
    public let reporter: Reporter

    let handler: String
    package let request: ListenRequest
    let surroundings: Surroundings
    let runtime: any HandlerRuntime

    /// Puts together what a handler is offered.
    package init(
        reporter: Reporter,
        handler: String,
        request: ListenRequest,
        surroundings: Surroundings,
        runtime: any HandlerRuntime
    ) {
        self.reporter = reporter
        self.handler = handler
        self.request = request
        self.surroundings = surroundings
        self.runtime = runtime
    }

    /// The value of one of the handler's own options: the one that was given, else its default.
    ///
    /// - Parameter option: The option, as the handler declares it.
    public subscript<Value>(option: Option<Value>) -> Value {
        request.value(of: option, handler: handler)
    }

    /// Whether another handler was selected too.
    ///
    /// - Parameter name: The name of the other handler.
    /// - Returns: Whether it listens beside this one.
    public func isSelected(_ name: String) -> Bool {
        request.handlers.contains { $0.name == name }
    }

    /// The value of an option of another handler: the one that was given, else its default.
    ///
    /// - Parameters:
    ///   - option: The option, as the other handler declares it.
    ///   - name: The name of the other handler.
    /// - Returns: The value.
    package func value<Value>(of option: Option<Value>, from name: String) -> Value {
        request.value(of: option, handler: name)
    }

    /// supervisord, by its RPC interface.
    ///
    /// - Returns: How it is reached; nothing has been sent to it yet.
    /// - Throws: ``NoSupervisorError`` where its address is not known.
    public func supervisor() throws(NoSupervisorError) -> Supervisor {
        try surroundings.supervisor.get()
    }

    /// supervisord's configuration, as it was when the listener started.
    ///
    /// - Returns: The configuration, with what is wrong in it.
    /// - Throws: ``ConfigurationError`` where it cannot be found or read.
    public func configuration() throws(ConfigurationError) -> SupervisorConfiguration {
        try surroundings.configuration.get()
    }

    /// supervisord's configuration as its files are now.
    ///
    /// The files are read only if one of them has changed since a handler last called this, so a call costs little. Call it
    /// when a ``Snapshot`` has other processes than the one before, or when a group was added: then supervisord has read them
    /// again, for `supervisorctl update`. At any other time they may be ahead of supervisord.
    ///
    /// - Returns: The configuration, with what is wrong in it.
    /// - Throws: ``ConfigurationError`` if it cannot be found or read.
    public func rereadConfiguration() throws(ConfigurationError) -> SupervisorConfiguration {
        try surroundings.reread()
    }

    /// Whether supervisord sends the listener an event, by `events=` in its section.
    ///
    /// - Parameter event: The event.
    /// - Returns: Whether it does; nil if the section is not known.
    package func isSubscribed(to event: EventKind) -> Bool? {
        surroundings.listenerSection.map { section in
            section.events.contains { EventKind(rawValue: $0)?.includes(event) ?? false }
        }
    }

    /// Has the handler called as an ``AlarmHandler``; there is one alarm a handler, and setting it anew moves it.
    ///
    /// - Parameter deadline: When; `nil` for never.
    public func setAlarm(at deadline: ContinuousClock.Instant?) {
        runtime.setAlarm(at: deadline)
    }

    /// Has the handler called as a ``FinishedWorkHandler``, after what is in its mailbox; from any thread.
    package func deliverFinishedWork() {
        runtime.deliverFinishedWork()
    }

    /// Has all handlers of ``Snapshot`` told how processes stand, as soon as supervisord answers.
    ///
    /// - Parameter delay: How long to wait before supervisord is asked, for example because it has just not answered.
    public func requestSnapshot(after delay: Duration = .zero) {
        runtime.requestSnapshot(after: delay)
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
        if let ends = runtime.processEnds {
            return try await ends.information(of: process, within: timeout)
        }
        return try await (try? supervisor())?.processInfo(of: process, within: timeout)
    }

    /// Waits until supervisord has been asked about the process whose end it has just reported: once it is told to shut down
    /// it answers no more.
    ///
    /// - Parameter timeout: How long the call may take.
    package func askAboutLatestEnd(within timeout: Duration) async {
        await runtime.processEnds?.waitForAnswer(within: timeout)
    }

    /// Nudges supervisord from now on until it has stopped, because it has been told to.
    package func nudgeWhileStopping() {
        runtime.nudgeWhileStopping()
    }

    /// What keeps starts apart from the order to shut down.
    package var startLock: StartLock { surroundings.startLock }

    /// Has the listener end with status 0, once all handlers have finished what they have.
    public func end() {
        runtime.end()
    }
}

/// What a handler asks of the listener that runs it.
package protocol HandlerRuntime: Sendable {
    func setAlarm(at deadline: ContinuousClock.Instant?)
    func deliverFinishedWork()
    func requestSnapshot(after delay: Duration)
    func nudgeWhileStopping()
    func end()
    /// What is asked about processes that have ended; nil if every handler asks by itself.
    var processEnds: ProcessEnds? { get }
}
