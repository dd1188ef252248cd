import ListenerKit

/// A supervisord, and its parent, which stays until it has ended.
final class Supervision: Sendable {
    /// What is known so far.
    private struct State {
        var recorded: UInt8?
        var passedOn: Set<Signal> = []
        var end: ProcessEnd?
        /// When supervisord is to be told to end, if it has not ended by then.
        var order: ContinuousClock.Instant?
        /// Whether supervisord has been told to end.
        var isEnding = false
        /// When it is worth saying that supervisord has not ended.
        var reminder: ContinuousClock.Instant?
    }

    /// What supervisord is told when its parent is.
    private static let passedOn: Set<Signal> = [.terminate, .interrupt, .quit, .hangUp, .user2]
    /// Of these, what makes it end.
    private static let ending: Set<Signal> = [.terminate, .interrupt, .quit]
    /// What would end its parent, and is nobody's business.
    private static let harmless: [Signal] = [.user1, .brokenPipe]
    /// A listener that has recorded a status ends supervisord by itself, where it can.
    private static let patienceWithListener = Duration.seconds(3)
    /// As long as supervisord gives a program to stop, by default.
    private static let patienceWithSupervisord = Duration.seconds(10)
    /// For as long supervisord may take to begin anew after SIGHUP.
    private static let timeToBeginAnew = Duration.milliseconds(250)

    private let command: [String]
    private let configuration: SupervisorConfiguration
    private let reporter: Reporter
    private let signals: SignalPipe
    private let statuses: StatusSocket
    /// What the added listener writes to, where it cannot write to standard error itself.
    private let relay: NamedPipe?
    private let wakeUp: WakeUp
    private let supervisor: Supervisor?
    private let waker: SupervisordWaker?

    /// Catches what is passed on, and what would end this process, from now on.
    static func catchSignals() throws(SystemError) -> SignalPipe {
        // What is ignored already stays ignored for supervisord too.
        try SignalPipe.open(for: passedOn + harmless.filter { !$0.isIgnored } + [.child])
    }

    /// Prepares everything but supervisord itself.
    ///
    /// - Parameters:
    ///   - command: supervisord's command line.
    ///   - configuration: What supervisord is going to run.
    ///   - configurationFile: Where it reads that; listeners are told.
    ///   - statusFile: Where listeners are to send a status; nothing is there yet.
    ///   - relayPath: Where to make a pipe of which everything goes on to standard error; nil where none is needed.
    ///   - signals: What ``catchSignals()`` has made.
    ///   - reporter: Says what is to be said.
    /// - Throws: ``SystemError``.
    init(
        command: [String],
        configuration: SupervisorConfiguration,
        configurationFile: String,
        statusFile: String,
        relayPath: String?,
        signals: consuming SignalPipe,
        reporter: Reporter
    ) throws(SystemError) {
        self.command = command
        self.configuration = configuration
        self.reporter = reporter
        self.signals = signals
        statuses = try StatusSocket(path: statusFile)
        relay = try relayPath.map { path throws(SystemError) in try NamedPipe(path: path) }
        wakeUp = try WakeUp.make()
        supervisor = Supervisor(configuration)
        waker = supervisor.map { SupervisordWaker($0) }
        setEnvironmentVariable(ConfigurationSearch.variable, configurationFile)
        setEnvironmentVariable(StatusSocket.variable, statusFile)
    }

    /// Starts supervisord, and waits until it and what it leaves behind have ended.
    ///
    /// - Returns: The status to end with.
    /// - Throws: ``UnstartableSupervisordError``; ``SystemError``.
    func run() throws -> ExitStatus {
        try adoptOrphans()
        let supervisord: ChildProcess
        do throws(SystemError) {
            supervisord = try ChildProcess.spawn(command)
        } catch {
            throw UnstartableSupervisordError(reason: error)
        }
        waker?.wake()
        let watch = supervisor.map { ListenerWatch(configuration, $0) { self.wakeUp.signal() } }
        try watch?.begin()

        var state = State()
        let descriptors = [signals.number, statuses.descriptor, wakeUp.number] + [relay?.number].compactMap { $0 }
        while state.end == nil {
            let deadline = [state.order, state.reminder].compactMap { $0 }.min()
            _ = poll(for: descriptors, until: deadline)
            passOn()
            take(signals.take(), for: supervisord, &state)
            takeStatuses(&state)
            takeLoss(of: watch, &state)
            keepTime(supervisord, &state)
        }
        waker?.finish()
        passOn()
        takeStatuses(&state)
        return finish(state, hasLostWatcher: watch?.description != nil)
    }

    /// Passes on what the added listener has to say.
    private func passOn() {
        if let bytes = relay?.take(), !bytes.isEmpty {
            try? writeAll(bytes, to: 2)
        }
    }

    private func take(_ signals: [Signal], for supervisord: ChildProcess, _ state: inout State) {
        for signal in signals where Self.passedOn.contains(signal) {
            pass(signal, to: supervisord, &state)
        }
        while let (child, end) = ChildProcess.reapNext() {
            if child == supervisord {
                state.end = end
            }
        }
    }

    private func pass(_ signal: Signal, to supervisord: ChildProcess, _ state: inout State) {
        if Self.ending.contains(signal), state.isEnding {
            reporter.say(.info, "\(signal) is passed on too; supervisord is stopping its programs already")
        }
        supervisord.send(signal)
        state.passedOn.insert(signal)
        if Self.ending.contains(signal) {
            awaitEnd(&state)
        } else {
            waker?.wake(for: Self.timeToBeginAnew)
        }
    }

    private func awaitEnd(_ state: inout State) {
        waker?.wakeUntilFinished()
        state.order = nil
        if !state.isEnding {
            state.isEnding = true
            state.reminder = .now + Self.patienceWithSupervisord
        }
    }

    private func takeStatuses(_ state: inout State) {
        while let (status, user) = try? statuses.receive() {
            guard configuration.mayRecord(user) else {
                reporter.sayOnce(.warning, "a status from user \(user) is ignored, as no listener runs as that user")
                continue
            }
            guard state.recorded == nil else {
                continue
            }
            state.recorded = status
            waker?.wakeUntilFinished()
            if !state.isEnding {
                state.order = .now + Self.patienceWithListener
            }
        }
    }

    private func takeLoss(of watch: ListenerWatch?, _ state: inout State) {
        wakeUp.clear()
        if let description = watch?.description, state.order == nil, !state.isEnding {
            reporter.say(
                .error,
                "\(description), and was to end everything on a failure; supervisord is ended by SIGTERM"
            )
            state.order = .now
        }
    }

    private func keepTime(_ supervisord: ChildProcess, _ state: inout State) {
        if let order = state.order, order <= .now {
            supervisord.send(.terminate)
            awaitEnd(&state)
        }
        if let reminder = state.reminder, reminder <= .now {
            reporter.say(
                .warning,
                "supervisord is still stopping its programs; it gives each of them its stopwaitsecs, and then kills it"
            )
            state.reminder = nil
        }
    }

    private func finish(_ state: State, hasLostWatcher: Bool) -> ExitStatus {
        guard let end = state.end else {
            return .system
        }
        let outcome = SupervisionOutcome(
            end: end,
            recorded: state.recorded,
            passedOn: state.passedOn,
            hasLostWatcher: hasLostWatcher
        )
        if let (level, text) = outcome.message {
            reporter.say(level, text)
        }
        if outcome.leavesProgramsBehind {
            var remnants = Remnants()
            remnants.end(reporter)
        }
        return outcome.status
    }
}

extension SupervisorConfiguration {
    /// Whether a status that a user has sent counts.
    fileprivate func mayRecord(_ user: UInt32) -> Bool {
        user == 0 || user == currentUserID() || listenerUsers.contains(user)
    }

    /// Whom listeners run as, where that is written.
    private var listenerUsers: [UInt32] {
        let written = eventListeners.compactMap { try? $0.program.value(forKey: "user")?.text }
        return (written + [settings.user].compactMap { $0 }).compactMap { userID(of: $0) }
    }
}
