public import ListenerKit

extension FakeSupervisor {
    /// Runs a listener with handlers in this process.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - arguments: The command line, which selects at least one of them.
    ///   - pool: The name of its section; listeners in one pool share its events.
    ///   - events: The events that it subscribes to; by default those that its handlers declare.
    ///   - configuration: The text of supervisord's configuration, if handlers read it.
    ///   - startSeconds: Its `startsecs`, before which it gets no events; see ``advance(by:)``.
    ///   - callTimeout: How long its calls to supervisord may take.
    ///   - drainTimeout: How long its handlers may empty their mailboxes while it shuts down.
    /// - Returns: The listener, which has been started.
    /// - Throws: `UsageError` and other errors that keep a listener from starting.
    public func listen(
        with handlers: [any Handler.Type],
        arguments: [String],
        pool: String = "listener",
        events: [EventKind]? = nil,
        configuration: String? = nil,
        startSeconds: Int = 0,
        callTimeout: Duration = .seconds(10),
        drainTimeout: Duration = .seconds(5)
    ) throws -> SupervisedListener {
        guard case .listen(let request) = try CommandLineParser(handlers: handlers).parse(arguments) else {
            throw UsageError.other("these arguments do not start a listener")
        }
        let listener = nextID()
        let clock = FakeClock(core, listener: listener)
        let readiness = ListenerReadiness(core, listener: listener)
        let process = core.model.withLock { $0.nextListener(in: pool) }
        let access = try access(configuration, callTimeout, process)
        let (listenerInput, input) = try openPipe()
        let (output, listenerOutput) = try openPipe()
        let runtime = try ListenerRuntime(
            request,
            channel: ProtocolChannel(
                input: FileDescriptor(owning: listenerInput),
                output: FileDescriptor(owning: listenerOutput)
            ),
            access: access,
            reporter: Reporter(program: "listener") { [core] line in core.change { $0.readErrors(line, from: listener) }
            },
            clock: clock,
            makeReadinessSource: { readiness.makeSource(whenNews: $0) },
            drainTimeout: drainTimeout,
            whenFinished: { [core] status in core.change { $0.listeners[listener]?.end = ListenerEnd(status) } }
        )
        let port = try ListenerPort(
            core,
            listener,
            SupervisorPipes(input: input, output: output, errors: nil),
            clock: clock,
            callForNews: { readiness.callForNews() },
            signal: { [.hangUp, .user2].contains($0) ? runtime.rotate() : runtime.end() }
        )
        let wanted = events ?? request.handlers.flatMap { $0.events }
        try enlist(listener, port, process, wanted, startSeconds)
        try startThread { [core] in
            do {
                try runtime.run()
            } catch {
                core.change { $0.listeners[listener]?.end = .system }
            }
        }
        return SupervisedListener(self, listener, port)
    }

    /// Runs a program as a listener, in the environment that supervisord gives to its children.
    ///
    /// - Parameters:
    ///   - executable: The path of the program.
    ///   - arguments: Its arguments.
    ///   - environment: Additional environment variables.
    ///   - pool: The name of its section; listeners in one pool share its events.
    ///   - events: The events that it subscribes to.
    ///   - startSeconds: Its `startsecs`, before which it gets no events; see ``advance(by:)``.
    /// - Returns: The listener, which has been started.
    /// - Throws: `SystemError`.
    public func listen(
        with executable: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        pool: String = "listener",
        events: [EventKind] = [.event],
        startSeconds: Int = 0
    ) throws -> SupervisedListener {
        var variables = currentEnvironment()
        let process = core.model.withLock { $0.nextListener(in: pool) }
        variables["SUPERVISOR_ENABLED"] = "1"
        variables["SUPERVISOR_PROCESS_NAME"] = process.process
        variables["SUPERVISOR_GROUP_NAME"] = pool
        variables["SUPERVISOR_SERVER_URL"] = hasServer ? endpoint.description : nil
        variables.merge(environment) { _, given in given }
        let listener = nextID()
        let child = try ChildProcess.start(executable, arguments, variables)
        let port = try ListenerPort(
            core,
            listener,
            child.pipes,
            signal: { child.send($0) },
            kill: { child.killGroup() }
        )
        try enlist(listener, port, process, events, startSeconds)
        try startThread { [core] in
            let end = child.wait()
            core.change { $0.listeners[listener]?.end = end }
        }
        return SupervisedListener(self, listener, port)
    }

    /// Writes supervisord's configuration to a file.
    ///
    /// - Parameter text: The text of the configuration.
    /// - Returns: The path of the file.
    /// - Throws: `SystemError`.
    public func writeConfiguration(_ text: String) throws -> String {
        try core.folder.write(text, to: "supervisord.conf")
    }

    private func enlist(
        _ listener: Int,
        _ port: ListenerPort,
        _ process: ProcessName,
        _ events: [EventKind],
        _ startSeconds: Int
    ) throws(SystemError) {
        core.add(port, as: listener)
        core.change { $0.enlist(listener, process, events: events, startSeconds: startSeconds) }
        try port.open()
    }

    func access(
        _ configuration: String?,
        _ callTimeout: Duration,
        _ process: ProcessName? = nil
    ) throws -> SupervisordAccess {
        let path = try configuration.map { try writeConfiguration($0) }
        let read = Result { () throws(ConfigurationError) in
            guard let path else {
                throw ConfigurationError.notFound(lookedFor: [])
            }
            return try SupervisorConfiguration(path: path)
        }
        let notice = stopNotice.withLock { $0 }
        guard hasServer else {
            return SupervisordAccess(
                configuration: read,
                supervisor: .failure(NoSupervisorError(configuration: read)),
                processName: process,
                stopNotice: notice
            )
        }
        let supervisor = Supervisor(endpoint: endpoint, credentials: core.credentials, timeout: callTimeout)
        return SupervisordAccess(
            configuration: read,
            supervisor: .success(supervisor),
            processName: process,
            stopNotice: notice
        )
    }
}
