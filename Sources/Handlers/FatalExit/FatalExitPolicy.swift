import ListenerKit

/// Decides what ends supervisord: takes what happens to processes, and says when one of the triggers is met.
///
/// What is stopped by an operator meets none of them, and neither does what supervisord does to processes while it stops.
struct FatalExitPolicy {
    private let triggers: [ShutdownTrigger]
    /// What makes a crash loop; none if no trigger asks for it.
    private let crashLoops: [CrashLoop]
    private var programs: WatchedPrograms
    /// The order of starts, before anything is known; nil where nobody keeps one.
    private var startup: StartupProgress?
    /// What counts for crash loops.
    private var histories = ProcessMemory<ProcessHistory>()
    /// What tells FATAL from what supervisord makes FATAL while it stops.
    private(set) var failedStarts = FailedStarts()
    /// Whether what ended last was stopped by an operator, who may remove it next; after a loss, and a restart of the listener,
    /// only what still is there tells.
    private var wasStoppedLast = false

    /// Sets up a policy.
    ///
    /// - Parameters:
    ///   - triggers: What ends supervisord.
    ///   - programs: The programs that can.
    ///   - startup: The order of starts, before anything is known, where somebody keeps one.
    init(
        _ triggers: [ShutdownTrigger],
        _ programs: WatchedPrograms,
        startup: StartupProgress? = nil
    ) {
        self.triggers = triggers
        crashLoops = triggers.compactMap { if case .crashLoop(let loop) = $0 { loop } else { nil } }
        self.programs = programs
        self.startup = startup
    }

    /// Takes one change of state.
    ///
    /// - Parameters:
    ///   - process: The process that changed.
    ///   - transition: The state that it entered.
    ///   - previous: The state that it left.
    ///   - now: The present moment.
    /// - Returns: What ends supervisord, if anything; everything may have ended besides.
    mutating func take(
        _ process: ProcessName,
        _ transition: ProcessStateEvent.Transition,
        from previous: ProcessState,
        at now: ContinuousClock.Instant
    ) -> FatalExitCause? {
        guard let program = programs.watched(process) else {
            return nil
        }
        failedStarts.apply(process, transition)
        switch transition {
        case .fatal:
            wasStoppedLast = false
            return triggers.contains(.fatal) ? .fatal(process, isEarly: hasTriesLeft(process, program)) : nil
        case .exited(let isExpected, _):
            wasStoppedLast = false
            if !crashLoops.isEmpty {
                var history = histories[process] ?? ProcessHistory()
                history.isRestarted = program.autorestart.restarts(afterExpected: isExpected)
                histories[process] = history
            }
            return isMet(byExpected: isExpected) ? .exited(process, isExpected: isExpected) : nil
        case .starting:
            return takeStart(process, from: previous, at: now)
        case .stopped:
            wasStoppedLast = true
            return nil
        case .running, .backoff, .stopping, .unknown:
            return nil
        }
    }

    /// Judges by what another configuration says from now on.
    ///
    /// - Parameters:
    ///   - programs: The programs that can end supervisord.
    ///   - startup: The order of starts, before anything is known, if `--ordered-startup` keeps one.
    mutating func follow(_ programs: WatchedPrograms, startup: StartupProgress?) {
        self.programs = programs
        self.startup = startup
    }

    /// Takes the news that events were lost: what has been stopped since, or has ended, only a snapshot tells.
    mutating func takeLoss() {
        wasStoppedLast = false
    }

    /// Whether it is time for ``forgetAll(except:)``.
    var isCrowded: Bool { histories.isCrowded || failedStarts.isCrowded }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    mutating func forgetAll(except known: Set<ProcessName>) {
        histories.forgetAll(except: known)
        failedStarts.forgetAll(except: known)
    }

    /// Takes stock.
    ///
    /// - Parameter snapshot: Every process that supervisord knows.
    /// - Returns: What ends supervisord, if anything; everything may have ended besides.
    func take(_ snapshot: [ProcessInformation]) -> FatalExitCause? {
        for information in snapshot {
            guard let program = programs.watched(information.name) else {
                continue
            }
            let isExpected = program.exitCodes.contains(information.exitStatus)
            switch information.state {
            case .fatal where triggers.contains(.fatal):
                return .fatal(information.name, isEarly: false)
            case .exited
            where isMet(byExpected: isExpected) && !program.autorestart.restarts(afterExpected: isExpected):
                return .exited(information.name, isExpected: isExpected)
            default:
                break
            }
        }
        return nil
    }

    /// Whether an end of that kind meets a trigger.
    private func isMet(byExpected isExpected: Bool) -> Bool {
        triggers.contains(.exit) || !isExpected && triggers.contains(.unexpectedExit)
    }

    /// Whether supervisord would have tried once more to start a process.
    private func hasTriesLeft(_ process: ProcessName, _ program: WatchedProgram) -> Bool {
        guard let failed = failedStarts[process], let startRetries = program.startRetries else {
            return false
        }
        return failed <= startRetries
    }

    /// Counts a start by supervisord itself, and forgets those before where it is an operator's.
    private mutating func takeStart(
        _ process: ProcessName,
        from previous: ProcessState,
        at now: ContinuousClock.Instant
    ) -> FatalExitCause? {
        guard let most = crashLoops.map({ $0.count }).max() else {
            return nil
        }
        var history = histories[process] ?? ProcessHistory()
        defer { histories[process] = history }
        guard previous == .backoff || previous == .exited && history.isRestarted else {
            history.restarts.removeAll()
            return nil
        }
        history.restarts.append(now)
        if history.restarts.count > most {
            history.restarts.removeFirst()
        }
        return crashLoops.first { $0.isReached(by: history.restarts) }.map { .crashLoop(process, $0) }
    }
}

// MARK: - Everything has ended

extension FatalExitPolicy {
    /// Whether a change can be the last one before everything has ended, so that a look at all processes is worth its while.
    func mayBeLast(_ process: ProcessName, _ transition: ProcessStateEvent.Transition) -> Bool {
        guard triggers.contains(.allExited), let program = programs.watched(process) else {
            return false
        }
        switch transition {
        case .fatal: return true
        case .exited(let isExpected, _): return !program.autorestart.restarts(afterExpected: isExpected)
        case .starting, .running, .backoff, .stopping, .stopped, .unknown: return false
        }
    }

    /// Looks whether everything has ended, and the last by itself: what an operator stops ends nothing.
    ///
    /// - Parameters:
    ///   - snapshot: Every process that supervisord knows, at this moment.
    ///   - countsStarts: Whether a program is as good as alive that waits for nothing any more, and so is about to be started;
    ///     else it cannot be started, which is a failure.
    /// - Returns: What ends supervisord, if anything.
    func allExited(in snapshot: [ProcessInformation], countsStarts: Bool = true) -> FatalExitCause? {
        guard triggers.contains(.allExited), !wasStoppedLast else {
            return nil
        }
        var ended: [ProcessInformation] = []
        var lastStop = Timestamp.distantPast
        for information in snapshot {
            guard let program = programs.watched(information.name) else {
                continue
            }
            guard !program.isAlive(information) else {
                return nil
            }
            if information.state != .stopped {
                ended.append(information)
            } else if information.wasStarted {
                lastStop = max(lastStop, information.endTime)
            }
        }
        let unstartable = unstartable(snapshot)
        // Where an error of the configuration keeps a program from being started, nothing need have run to be at its end.
        guard let lastEnd = ended.map({ $0.endTime }).max() ?? unstartable.map({ _ in .distantPast }), lastEnd >= lastStop,
            !canGoOn(snapshot, countsStarts)
        else {
            return nil
        }
        if let failed = ended.filter({ isFailed($0) }).min(by: { $0.endTime < $1.endTime }) {
            return .allExited(.allExited(firstFailed: failed))
        }
        let missing = unstartable.map { ShutdownVerdict.neverStarted($0) } ?? (countsStarts ? nil : .startMissing)
        return .allExited(missing ?? .allExited(firstFailed: nil))
    }

    /// A program that the order of starts is to start, and never will, because of an error in the configuration.
    private func unstartable(_ snapshot: [ProcessInformation]) -> String? {
        let untouched = Set(snapshot.filter { !$0.wasStarted && programs.watched($0.name) != nil }.map { $0.name })
        return startup?.plan.programs.first { program in
            program.isManaged && program.level == nil && program.processes.contains { untouched.contains($0) }
        }?.name
    }

    private func isFailed(_ information: ProcessInformation) -> Bool {
        let exitCodes = programs[information.name]?.exitCodes ?? []
        return information.state == .fatal || !exitCodes.contains(information.exitStatus)
    }

    /// Whether a program will be started that waits for others.
    private func canGoOn(_ snapshot: [ProcessInformation], _ countsStarts: Bool) -> Bool {
        guard var progress = startup else {
            return false
        }
        var starts = false
        for case .start(let process) in progress.take(snapshot, asked: .now, at: .now) where countsStarts {
            guard programs.watched(process) == nil else {
                return true
            }
            starts = true
        }
        let goesOn = starts || snapshot.contains { programs[$0.name]?.isAlive($0) ?? false }
        return goesOn && progress.prospects.contains { programs.watched($0) != nil }
    }
}

extension ProcessInformation {
    /// When it ended, or was started in vain.
    fileprivate var endTime: Timestamp { stopTime ?? startTime ?? .distantPast }
}
