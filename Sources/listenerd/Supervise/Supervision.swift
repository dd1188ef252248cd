import ListenerKit

/// Runs supervisord as a child of this process, until it and all that it leaves behind have exited.
///
/// ``SupervisionOutcome/exitStatus`` decides the exit status of `supervise`.
final class Supervision: Sendable {
    /// The facts known so far.
    struct State {
        /// The status that a listener has recorded.
        var recordedStatus: UInt8?
        /// The reason that it has recorded with it.
        var recordedReason: String?
        /// Whether a listener has failed for good that `supervise` cannot do without.
        var hasLostListener = false
        /// The signals that supervisord was sent to shut it down.
        var shutdownSignals: [Signal] = []
        /// Signals to pass on as soon as supervisord can take them.
        var pendingSignals: [Signal] = []
        /// How supervisord has ended.
        var end: TerminationStatus?
        /// When to shut down supervisord unless it has exited by then.
        var shutdownTime: ContinuousClock.Instant?
        /// The deadline for a shutdown that has begun.
        var shutdownDeadline: ShutdownDeadline?
        /// Stops the programs before supervisord is told to shut down; nil if none has begun.
        var orderedStop: OrderedStop?
        /// The signal that shuts down supervisord once the programs have stopped.
        var signalAfterStop = Signal.terminate

        /// Whether supervisord was told to shut down.
        var isShuttingDown: Bool { !shutdownSignals.isEmpty }
        /// Whether programs are being stopped, by supervisord or in order.
        var isStopping: Bool { isShuttingDown || orderedStop != nil }
    }

    private let command: [String]
    /// Nil if supervisord cannot be called.
    let supervisor: Supervisor?
    /// The users whose statuses are accepted.
    private let trustedUsers: Set<UInt32>
    let reporter: Reporter
    private let signals: SignalPipe
    let folder: RunFolder
    let streams: StandardStreams
    let logs: ListenerLogs
    /// Whether programs stop in the reverse of the order in which a listener starts them.
    let stopsInOrder: Bool
    /// The time limit of the whole stop; nil if there is none.
    let stopTimeout: Duration?
    /// Makes ``wait(for:)`` look at what other threads have found.
    let wakeUp: SharedWakeUp
    /// Nil if there is none.
    let serviceManager: ServiceManager?
    private let terminationLog: TerminationLog
    /// Nil if supervisord cannot be called.
    let nudger: SupervisordNudger?
    let quiescence: SupervisordQuiescence
    /// Nil if supervisord cannot be called.
    let listenerWatch: ListenerWatch?

    /// Catches signals from now on: those that are passed on, and those that would end this process.
    static func catchSignals() throws(SystemError) -> SignalPipe {
        // A signal that this process ignores stays ignored in supervisord too.
        try SignalPipe.open(for: Array(forwardedSignals) + ignoredSignals.filter { !$0.isIgnored } + [.child])
    }

    /// Prepares everything but supervisord itself.
    ///
    /// - Parameters:
    ///   - command: supervisord's command line.
    ///   - folder: The folder of the run, with supervisord's configuration; its paths go to listeners by the environment.
    ///   - listeners: The listeners that `supervise` cannot do without.
    ///   - streams: The standard streams, which supervisord inherits.
    ///   - signals: The result of ``catchSignals()``.
    ///   - stopTimeout: The time limit of the whole stop; nil if there is none.
    ///   - serviceManager: The service manager that runs this process; nil if there is none.
    ///   - terminationLog: Where the reason of a failure goes.
    ///   - reporter: Writes messages.
    /// - Throws: ``SystemError``.
    init(
        command: [String],
        folder: RunFolder,
        listeners: [WatchedListener],
        streams: StandardStreams,
        signals: consuming SignalPipe,
        stopTimeout: Duration?,
        serviceManager: ServiceManager?,
        terminationLog: TerminationLog,
        reporter: Reporter
    ) throws(SystemError) {
        self.command = command
        let configuration = folder.configuration
        let ownUsers = [0, currentUserID()] + [folder.account?.userID].compactMap { $0 }
        trustedUsers = configuration.listenerUsers.union(ownUsers)
        self.reporter = reporter
        self.signals = signals
        self.stopTimeout = stopTimeout
        self.folder = folder
        self.streams = streams
        logs = ListenerLogs(configuration)
        let wakeUp = try SharedWakeUp()
        self.wakeUp = wakeUp
        let supervisor = Supervisor(configuration, environment: currentEnvironment())
        self.supervisor = supervisor
        self.serviceManager = serviceManager
        self.terminationLog = terminationLog
        quiescence = SupervisordQuiescence(supervisor)
        nudger = supervisor.map { SupervisordNudger($0) { wakeUp.signal() } }
        listenerWatch = supervisor.map { ListenerWatch(listeners, $0, reporter) { wakeUp.signal() } }
        stopsInOrder = supervisor != nil && configuration.eventListeners.contains { ListenerCommand.startsInOrder($0) }
        setEnvironmentVariable(ConfigurationSearch.variable, folder.mainFile)
        setEnvironmentVariable(StatusSocket.variable, folder.statusFile)
        if folder.logPipe != nil {
            setEnvironmentVariable(RelayedOutput.variable, folder.logFile)
        } else {
            removeEnvironmentVariable(RelayedOutput.variable)
        }
        if let notifications = folder.notifications {
            setEnvironmentVariable(NotificationSocket.variable, notifications.programPath)
            setEnvironmentVariable(NotificationRelay.variable, notifications.listenerPath)
        } else {
            // Those of a supervise that runs this one are not for its programs.
            removeEnvironmentVariable(NotificationRelay.variable)
        }
    }

    /// Starts supervisord, and waits until it and the programs that it leaves running have exited.
    ///
    /// - Returns: The exit status.
    /// - Throws: ``UnstartableSupervisordError``; ``SystemError``.
    func run() throws -> ExitStatus {
        try becomeSubreaper()
        // A shell that has replaced itself by this process may have left children behind.
        var orphans = OrphanedPrograms(besides: ChildProcess.all)
        // If that fails, supervisord is not running yet.
        try listenerWatch?.start()
        folder.notifications?.start(trusting: trustedUsers, reporter)
        defer { folder.notifications?.finish() }
        let supervisord: ChildProcess
        do throws(SystemError) {
            supervisord = try ChildProcess.spawn(command, mask: signals.previousMask)
        } catch {
            let path = currentEnvironment()["PATH"]
            throw UnstartableSupervisordError(program: command.first ?? "", reason: error, path: path)
        }
        folder.notifications?.setSupervisord(supervisord.pid)
        nudger?.nudge()
        informServiceManager()

        let outcome = wait(for: supervisord)
        serviceManager?.stop(because: outcome.reasons.first ?? "")
        terminationLog.write(outcome.exitStatus, outcome.reasons)
        if let (level, text) = outcome.message {
            reporter.report(level, text)
        }
        if outcome.isOverdue {
            orphans.kill()
        } else if outcome.leavesProgramsRunning {
            let limit = outcome.deadline ?? stopTimeout.map { .now + $0 }
            orphans.terminate(by: limit, reporter) {
                signals.readSignals().contains { Self.terminatingSignals.contains($0) }
            }
        }
        return outcome.exitStatus
    }

    /// Tells the service manager from now on how everything stands.
    private func informServiceManager() {
        guard let serviceManager, let supervisor else {
            return
        }
        // Read as supervisord reads it: the composed one has the path of its base, which would be reread in its place.
        let configuration = Result { [folder] () throws(ConfigurationError) in
            try SupervisorConfiguration(path: folder.mainFile)
        }
        let access = SupervisordAccess(configuration: configuration, supervisor: .success(supervisor))
        let source = StatusSource(access)
        serviceManager.start { ServiceStatus(try source.read()) }
    }

    /// Waits until supervisord has exited, or has been killed and does not exit.
    private func wait(for supervisord: ChildProcess) -> SupervisionOutcome {
        var state = State()
        while true {
            let descriptors = [signals.fileDescriptor, folder.statuses.fileDescriptor, wakeUp.fileDescriptor]
            _ = poll(for: descriptors, until: nextDeadline(state))
            wakeUp.clear()
            reapExitedChildren(supervisord, &state)
            handle(signals.readSignals(), for: supervisord, &state)
            receiveStatuses(&state)
            if let end = state.end {
                nudger?.finish()
                return SupervisionOutcome(end: end, state, loss: listenerWatch?.loss)
            }
            passOnPendingSignals(to: supervisord, &state)
            checkListeners(&state)
            followOrderedStop(of: supervisord, &state)
            enforceDeadlines(supervisord, &state)
        }
    }

    private func nextDeadline(_ state: State) -> ContinuousClock.Instant? {
        // Nothing announces that supervisord has missed a signal.
        let nextResend = state.isShuttingDown && nudger != nil ? ContinuousClock.now + Self.resendInterval : nil
        return [state.shutdownTime, state.shutdownDeadline?.next, nextResend].compactMap { $0 }.min()
    }

    private func reapExitedChildren(_ supervisord: ChildProcess, _ state: inout State) {
        while let (child, end) = ChildProcess.reapExitedChild() {
            if child == supervisord {
                state.end = end
            }
        }
    }

    /// Receives the statuses that listeners have recorded; the first one counts.
    private func receiveStatuses(_ state: inout State) {
        while let status = try? folder.statuses.receive() {
            guard trustedUsers.contains(status.user) else {
                let message = "ignoring a status from user \(status.user): no listener runs as that user"
                reporter.reportOnce(.warning, message)
                continue
            }
            // What fails during a shutdown fails because of it.
            guard state.recordedStatus == nil, !state.isStopping else {
                continue
            }
            state.recordedStatus = status.status
            state.recordedReason = status.reason
            serviceManager?.stop(because: status.reason ?? "status \(status.status)")
            // The listener leaves the rest to this process.
            state.shutdownTime = .now
        }
    }

    /// Shuts down supervisord if a listener has failed for good.
    private func checkListeners(_ state: inout State) {
        guard let loss = listenerWatch?.loss, !state.hasLostListener, !state.isStopping, state.shutdownTime == nil
        else {
            return
        }
        reporter.report(.error, "\(loss); sending SIGTERM to supervisord")
        serviceManager?.stop(because: loss)
        state.hasLostListener = true
        state.shutdownTime = .now
    }
}

extension SupervisorConfiguration {
    /// The users that listeners run as, if their sections name them.
    fileprivate var listenerUsers: Set<UInt32> {
        let names = eventListeners.compactMap { try? $0.program.value(forKey: "user")?.text }
        return Set(names.compactMap { UserAccount($0)?.userID })
    }
}
