import ListenerKit

/// A supervisord, and its parent, which stays until it has ended.
final class Supervision: Sendable {
    /// What is known so far.
    private struct State {
        var recorded: UInt8?
        /// Whether a listener is lost that was to record a status.
        var hasLostWatcher = false
        /// What supervisord was told to make it end.
        var orders: [Signal] = []
        /// What supervisord is told as soon as it can take it.
        var held: [Signal] = []
        var end: TerminationStatus?
        /// When supervisord is to be told to end, if it has not ended by then.
        var orderTime: ContinuousClock.Instant?
        /// The time that supervisord has, once it was told to end.
        var shutdown: ShutdownDeadline?

        /// Whether supervisord has been told to end.
        var isEnding: Bool { !orders.isEmpty }
    }

    /// What supervisord is told when its parent is.
    private static let passedOn: Set<Signal> = [.terminate, .interrupt, .quit, .hangUp, .user2]
    /// Of these, what makes it end.
    private static let ending: Set<Signal> = [.terminate, .interrupt, .quit]
    /// Caught and dropped: the default action would end this process.
    private static let harmless: [Signal] = [.user1]
    /// A listener that has recorded a status ends supervisord by itself, where it can.
    private static let patienceWithListener = Duration.seconds(3)
    /// For as long supervisord may take to begin anew after SIGHUP.
    private static let timeToBeginAnew = Duration.milliseconds(250)
    /// One that still runs so long after it was told to end has not heard of it: what it is told while it begins anew is lost.
    private static let timeToHear = Duration.milliseconds(500)

    private let command: [String]
    /// Whose statuses count.
    private let recorders: Set<UInt32>
    private let reporter: Reporter
    private let signals: SignalPipe
    private let folder: RunFolder
    private let streams: StandardStreams
    private let logs: ListenerLogs
    /// How long supervisord may take to stop, by the configuration with which it was started.
    private let budget: StopBudget
    /// By which other threads have this one look what is new.
    private let wakeUp: SharedWakeUp
    private let waker: SupervisordNudger?
    private let quietMoment: SupervisordQuiescence
    private let watch: ListenerWatch?

    /// Catches what is passed on, and what would end this process, from now on.
    static func catchSignals() throws(SystemError) -> SignalPipe {
        // What is ignored already stays ignored for supervisord too.
        try SignalPipe.open(for: passedOn + harmless.filter { !$0.isIgnored } + [.child])
    }

    /// Prepares everything but supervisord itself.
    ///
    /// - Parameters:
    ///   - command: supervisord's command line.
    ///   - folder: The folder of the run, with supervisord's configuration; listeners are told of it.
    ///   - listeners: Those without which there is no point in going on.
    ///   - streams: The standard streams, which supervisord inherits.
    ///   - signals: What ``catchSignals()`` has made.
    ///   - reporter: Says what is to be said.
    /// - Throws: ``SystemError``.
    init(
        command: [String],
        folder: RunFolder,
        listeners: [WatchedListener],
        streams: StandardStreams,
        signals: consuming SignalPipe,
        reporter: Reporter
    ) throws(SystemError) {
        self.command = command
        let configuration = folder.configuration
        recorders = configuration.listenerUsers.union(
            [0, currentUserID()] + [folder.account?.userID].compactMap { $0 }
        )
        self.reporter = reporter
        self.signals = signals
        self.folder = folder
        self.streams = streams
        logs = ListenerLogs(configuration)
        let wakeUp = try SharedWakeUp()
        self.wakeUp = wakeUp
        let supervisor = Supervisor(configuration, environment: currentEnvironment())
        quietMoment = SupervisordQuiescence(supervisor)
        waker = supervisor.map { SupervisordNudger($0) { wakeUp.signal() } }
        watch = supervisor.map { ListenerWatch(listeners, $0, reporter) { wakeUp.signal() } }
        budget = StopBudget(configuration, isWoken: waker != nil)
        setEnvironmentVariable(ConfigurationSearch.variable, folder.mainFile)
        setEnvironmentVariable(StatusSocket.variable, folder.statusFile)
    }

    /// Starts supervisord, and waits until it and what it leaves behind have ended.
    ///
    /// - Returns: The status to end with.
    /// - Throws: ``UnstartableSupervisordError``; ``SystemError``.
    func run() throws -> ExitStatus {
        try becomeSubreaper()
        // A shell that has become this process may have left it some.
        var remnants = OrphanedPrograms(besides: ChildProcess.all)
        // Where that fails, there is nothing to end yet.
        try watch?.begin()
        let supervisord: ChildProcess
        do throws(SystemError) {
            supervisord = try ChildProcess.spawn(command, mask: signals.previousMask)
        } catch {
            let path = currentEnvironment()["PATH"]
            throw UnstartableSupervisordError(program: command.first ?? "", reason: error, path: path)
        }
        waker?.wake()

        let outcome = wait(for: supervisord)
        if let (level, text) = outcome.message {
            reporter.report(level, text)
        }
        if outcome.isOverdue {
            remnants.kill()
        } else if outcome.leavesProgramsBehind {
            remnants.end(reporter) { signals.readSignals().contains { Self.ending.contains($0) } }
        }
        return outcome.status
    }

    private func wait(for supervisord: ChildProcess) -> SupervisionOutcome {
        var state = State()
        while true {
            _ = poll(
                for: [signals.fileDescriptor, folder.statuses.fileDescriptor, wakeUp.fileDescriptor],
                until: nextLook(state)
            )
            wakeUp.clear()
            take(signals.readSignals(), for: supervisord, &state)
            takeStatuses(&state)
            if let end = state.end {
                waker?.finish()
                return SupervisionOutcome(
                    end: end,
                    recorded: state.recorded,
                    orders: state.orders,
                    hasLostWatcher: state.hasLostWatcher,
                    isOverdue: state.shutdown?.hasPassed ?? false
                )
            }
            sendHeld(to: supervisord, &state)
            takeLoss(&state)
            keepTime(supervisord, &state)
        }
    }

    private func nextLook(_ state: State) -> ContinuousClock.Instant? {
        // Nobody tells when it turns out that supervisord has not heard what it was told.
        let nextDoubt = state.isEnding && waker != nil ? ContinuousClock.now + Self.timeToHear : nil
        return [state.orderTime, state.shutdown?.nextLook, nextDoubt].compactMap { $0 }.min()
    }

    private func take(_ signals: [Signal], for supervisord: ChildProcess, _ state: inout State) {
        while let (child, end) = ChildProcess.reapExitedChild() {
            if child == supervisord {
                state.end = end
            }
        }
        for signal in signals where state.end == nil {
            if Self.ending.contains(signal) {
                passOrder(signal, to: supervisord, &state)
            } else if Self.passedOn.contains(signal) {
                state.held.append(signal)
            }
        }
    }

    /// Passes on what makes supervisord end.
    private func passOrder(_ signal: Signal, to supervisord: ChildProcess, _ state: inout State) {
        if state.isEnding {
            reporter.report(.info, "passing \(signal) on too; supervisord is already being shut down")
        }
        // To an interpreter that has only just started, SIGINT is an error; later all three are the same.
        let isEarly = waker.map { !$0.isReady } ?? false
        giveOrder(isEarly ? .terminate : signal, to: supervisord, &state)
    }

    /// Tells supervisord to end.
    private func giveOrder(_ signal: Signal, to supervisord: ChildProcess, _ state: inout State) {
        if !state.isEnding {
            // A supervisord that is held up by a slow reader would not answer.
            streams.hurry()
            // One that hangs makes this wait for an answer, which its time includes.
            let start = ContinuousClock.now
            quietMoment.wait(for: supervisord, wasReady: waker?.isReady ?? true)
            state.shutdown = ShutdownDeadline(after: signal, at: start, timeout: longestStop)
        }
        supervisord.send(signal)
        state.orders.append(signal)
        state.orderTime = nil
        waker?.wakeUntilFinished()
    }

    /// After how long supervisord hangs; its files may have been changed, and read again, since it was started.
    private var longestStop: Duration {
        let current = try? SupervisorConfiguration(path: folder.mainFile)
        let now = current.map { StopBudget($0, isWoken: waker != nil) }
        return max(budget.duration, now?.duration ?? .zero)
    }

    /// Passes on what does not make supervisord end, unless it comes before supervisord can take it.
    private func sendHeld(to supervisord: ChildProcess, _ state: inout State) {
        guard !state.held.isEmpty, waker?.isReady ?? true else {
            return
        }
        if state.held.contains(.hangUp) {
            quietMoment.wait(for: supervisord, wasReady: true)
        }
        for signal in state.held {
            // Listeners come first, since SIGHUP has supervisord stop them.
            logs.reopen(signal, below: supervisord)
            supervisord.send(signal)
        }
        if state.held.contains(.hangUp) {
            watch?.forget()
        }
        state.held.removeAll()
        waker?.wake(for: Self.timeToBeginAnew)
    }

    private func takeStatuses(_ state: inout State) {
        while let (status, user) = try? folder.statuses.receive() {
            guard recorders.contains(user) else {
                reporter.reportOnce(.warning, "ignoring a status from user \(user): no listener runs as that user")
                continue
            }
            // What seems to fail once supervisord was told to end does so because of that.
            guard state.recorded == nil, !state.isEnding else {
                continue
            }
            state.recorded = status
            streams.hurry()
            waker?.wakeUntilFinished()
            state.orderTime = .now + Self.patienceWithListener
        }
    }

    private func takeLoss(_ state: inout State) {
        guard let description = watch?.description, !state.hasLostWatcher, !state.isEnding, state.orderTime == nil
        else {
            return
        }
        reporter.report(.error, "\(description); sending SIGTERM to supervisord")
        state.hasLostWatcher = true
        state.orderTime = .now
    }

    private func keepTime(_ supervisord: ChildProcess, _ state: inout State) {
        if let time = state.orderTime, time <= .now {
            giveOrder(.terminate, to: supervisord, &state)
        }
        if let last = state.orders.last, let since = waker?.runningSince, since + Self.timeToHear <= .now {
            giveOrder(last, to: supervisord, &state)
        }
        if state.shutdown?.enforce(on: supervisord, reporter) ?? false {
            state.end = .killed(.kill)
        }
    }
}

extension SupervisorConfiguration {
    /// Whom listeners run as, where that is written.
    fileprivate var listenerUsers: Set<UInt32> {
        let written = eventListeners.compactMap { try? $0.program.value(forKey: "user")?.text }
        return Set(written.compactMap { UserAccount($0)?.userID })
    }
}
