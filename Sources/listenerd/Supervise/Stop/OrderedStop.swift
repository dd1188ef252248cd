import Handlers
import ListenerKit
import Synchronization

/// Stops all programs in the reverse of the order in which they start, on a thread of its own; supervisord and its listeners go on.
///
/// supervisord is looked at again and again, which also makes it notice at once that a program has exited.
final class OrderedStop: Sendable {
    /// How it has ended.
    enum Outcome: Equatable, Sendable {
        /// Nothing but listeners runs any more, apart from processes that do not stop.
        case finished
        /// supervisord cannot be told to stop programs, for a reason, as a sentence without a full stop.
        case failed(String)
    }

    private struct State {
        var isHurried = false
        var isCanceled = false
        var outcome: Outcome?
    }

    /// How long to wait between two looks, at first and at most.
    private static let interval = (shortest: Duration.milliseconds(3), longest: Duration.milliseconds(25))
    /// For one call: a busy supervisord answers in time.
    private static let callTimeout = Duration.seconds(5)
    /// How long a supervisord may refuse connections, or break them.
    private static let connectTimeout = Duration.milliseconds(250)

    private let plans: [StopPlan]
    private let supervisor: Supervisor
    private let supervisord: ChildProcess
    private let wasReady: Bool
    private let announce: @Sendable () -> Void
    private let lastWords: LastWords?
    private let reporter: Reporter
    private let whenProgressing: @Sendable (StopProgress) -> Void
    private let state = Mutex(State())

    /// Prepares a stop.
    ///
    /// - Parameters:
    ///   - plans: The order as it is now, and as it was when supervisord was started; the one that knows more processes counts.
    ///   - supervisor: Calls supervisord.
    ///   - supervisord: The process.
    ///   - wasReady: Whether supervisord has answered before; if it has not, and refuses connections, it has started nothing.
    ///   - announce: Called on the other thread first: tells the listeners to start nothing any more, and waits until they do not.
    ///   - lastWords: Waited for once all programs have stopped; nil if no listener logs.
    ///   - reporter: Reports processes that do not stop.
    ///   - whenProgressing: Called on the other thread with how far it has come, whenever that changes.
    init(
        _ plans: [StopPlan],
        _ supervisor: Supervisor,
        of supervisord: ChildProcess,
        wasReady: Bool,
        announcedBy announce: @escaping @Sendable () -> Void,
        _ lastWords: LastWords?,
        _ reporter: Reporter,
        whenProgressing: @escaping @Sendable (StopProgress) -> Void
    ) {
        self.plans = plans
        self.supervisor = supervisor
        self.supervisord = supervisord
        self.wasReady = wasReady
        self.announce = announce
        self.lastWords = lastWords
        self.reporter = reporter
        self.whenProgressing = whenProgressing
    }

    /// How it has ended; nil while it is under way.
    var outcome: Outcome? { state.withLock { $0.outcome } }

    /// Begins to stop programs.
    ///
    /// - Parameter whenDone: Called on the other thread when ``outcome`` is known.
    /// - Throws: ``SystemError`` if there cannot be another thread.
    func start(whenDone: @escaping @Sendable () -> Void) throws(SystemError) {
        try startThread(stackSize: 512 * 1024, inheritsSignalMask: false) { [self] in
            let outcome = run()
            if outcome == .finished, !state.withLock({ $0.isCanceled }) {
                lastWords?.wait()
            }
            // A signal that arrives between fork and exec is lost.
            waitUntilChildrenExecute()
            state.withLock { $0.outcome = outcome }
            whenDone()
        }
    }

    /// Gives up the order: everything is stopped at once.
    ///
    /// - Returns: Whether that is new.
    func hurry() -> Bool {
        state.withLock { state in
            defer { state.isHurried = true }
            return !state.isHurried
        }
    }

    /// Lets supervisord alone from now on.
    func cancel() {
        state.withLock { $0.isCanceled = true }
    }

    private func run() -> Outcome {
        announce()
        do throws(SupervisorError) {
            // The answer shows that supervisord's first pass is over, and that all that was due has been started.
            guard let names = try look(isUp: wasReady).map({ Set($0.map { $0.name }) }) else {
                return .finished
            }
            waitUntilChildrenExecute()
            // The first one if they know equally many.
            if let plan = plans.reversed().max(by: { $0.count(of: names) < $1.count(of: names) }) {
                try stopPrograms(StopReducer(plan))
            }
            return .finished
        } catch {
            return .failed("\(error)")
        }
    }

    private func stopPrograms(_ reducer: StopReducer) throws(SupervisorError) {
        var reducer = reducer
        var progress: StopProgress?
        var lastChange = ContinuousClock.now
        while let processes = try look(isUp: true) {
            if state.withLock({ $0.isHurried }) {
                reducer.hurry()
            }
            let commands = reducer.apply(processes, at: .now)
            let stopped = try carryOut(commands)
            let current = reducer.progress(processes, justTold: stopped)
            if current != progress {
                progress = current
                lastChange = .now
                whenProgressing(current)
            }
            if commands.contains(.finish) {
                return
            }
            let interval = NudgeInterval.after(lastChange.duration(to: .now), atLeast: Self.interval.shortest)
            pause(for: min(interval, Self.interval.longest))
        }
    }

    /// Returns all processes.
    ///
    /// - Parameter isUp: Whether supervisord is known to be up.
    /// - Returns: The processes; nil if supervisord is not up yet, or has ended, or is to be let alone.
    /// - Throws: ``SupervisorError`` if it cannot be called.
    private func look(isUp: Bool) throws(SupervisorError) -> [ProcessInformation]? {
        let deadline = ContinuousClock.now + Self.connectTimeout
        while !state.withLock({ $0.isCanceled }), !supervisord.hasEnded {
            do throws(SupervisorError) {
                return try supervisor.allProcessInfoBlocking(within: Self.callTimeout)
            } catch {
                guard isUp || !error.isLostConnection else {
                    return nil
                }
                // One that has been killed closes its socket before it has ended, and one that reloads opens it again.
                guard error.isLostConnection, ContinuousClock.now < deadline else {
                    throw error
                }
                pause(for: Self.interval.shortest)
            }
        }
        return nil
    }

    /// Carries out commands.
    ///
    /// - Returns: The processes that supervisord was told to stop.
    private func carryOut(_ commands: [StopCommand]) throws(SupervisorError) -> [ProcessName] {
        var names: [ProcessName] = []
        for command in commands {
            switch command {
            case .stop(let name): names.append(name)
            case .reportSurvivor(let name, let pid):
                let process = pid.map { "\(name) (pid \($0))" } ?? "\(name)"
                reporter.report(.warning, "\(process) does not stop; stopping the other programs without it")
            case .finish: break
            }
        }
        guard !names.isEmpty else {
            return []
        }
        let calls = names.map { MethodCall("supervisor.stopProcess", [.string($0.description), .boolean(false)]) }
        do throws(SupervisorError) {
            let timeout = Self.callTimeout + SupervisordProcess.startTimeout
            // A process that has exited meanwhile cannot be stopped: the next look shows it.
            _ = try supervisor.multicallBlocking(calls, within: timeout) { [self] in waitUntilChildrenExecute() }
        } catch {
            // The next look shows whether supervisord has ended.
            guard error.isLostConnection else {
                throw error
            }
        }
        return names
    }

    private func waitUntilChildrenExecute() {
        let process = SupervisordProcess(pid: supervisord.pid)
        process.waitUntilChildrenExecute(by: .now + SupervisordProcess.startTimeout)
    }
}

extension StopPlan {
    /// Returns how many of the processes it knows.
    fileprivate func count(of names: Set<ProcessName>) -> Int {
        Set((steps + listeners).flatMap { $0.processes }).intersection(names).count
    }
}

extension StopReducer {
    /// Returns how far the stop has come.
    fileprivate func progress(_ processes: [ProcessInformation], justTold: [ProcessName]) -> StopProgress {
        let told = Set(justTold + processes.filter { $0.state == .stopping }.map { $0.name })
        return StopProgress(total: initialCount, remaining: remaining, stopping: remaining.filter { told.contains($0) })
    }
}

extension SupervisorError {
    /// Whether nothing listens any more, or supervisord has gone while it was called.
    fileprivate var isLostConnection: Bool {
        switch self {
        case .cannotReach, .connectionLost, .cutOff: true
        case .unknownHost, .timedOut, .unauthorized, .httpStatus, .malformedReply, .invalidArgument, .fault: false
        }
    }
}
