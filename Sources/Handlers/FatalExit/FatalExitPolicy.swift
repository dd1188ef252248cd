import ListenerKit

/// Decides what shuts down supervisord: follows what happens to processes, and tells when one of the triggers is met.
///
/// A stop by an operator meets none of them, and neither does what supervisord does to processes during its shutdown.
struct FatalExitPolicy {
    /// The consequences of one change of state.
    struct Judgement {
        /// The cause for a shutdown, if there is one.
        var cause: FatalExitCause?
        /// Whether this may have been the last exit of all, so that it is worth asking about all processes.
        var mayBeLastExit = false
        /// How many starts of the process have failed in a row; nil if that is not known, or does not matter.
        var failedStarts: Int?
        /// Whether it is time for ``FatalExitPolicy/forgetAll(except:)``.
        var isCrowded = false

        /// Whether nothing follows.
        var isIrrelevant: Bool {
            if case nil = cause { !mayBeLastExit && !isCrowded } else { false }
        }
    }

    private let triggers: [ShutdownTrigger]
    let judgesAllExited: Bool
    /// The limits that make a crash loop; none if no trigger asks for them.
    private let crashLoops: [CrashLoop]
    private(set) var programs: WatchedPrograms
    /// The order of starts, before anything is known; nil if there is none.
    private(set) var startup: StartupProgress?
    /// The restarts that count for crash loops.
    private var histories = ProcessMemory<ProcessName, ProcessHistory>()
    /// Tells a program that is FATAL from one that supervisord makes FATAL during its shutdown.
    private var failedStarts = FailedStarts()
    /// Whether what exited last was stopped by an operator, who may remove it next; after a gap, and a restart of the listener,
    /// only what still is there tells.
    private(set) var wasStoppedLast = false

    /// Sets up a policy.
    ///
    /// - Parameters:
    ///   - triggers: What shuts down supervisord.
    ///   - programs: The programs that can.
    ///   - startup: The order of starts, before anything is known; nil if there is none.
    init(
        _ triggers: [ShutdownTrigger],
        _ programs: WatchedPrograms,
        startup: StartupProgress? = nil
    ) {
        self.triggers = triggers
        judgesAllExited = triggers.contains(.allExited)
        crashLoops = triggers.compactMap { if case .crashLoop(let loop) = $0 { loop } else { nil } }
        self.programs = programs
        self.startup = startup
    }

    /// Follows one change of state.
    ///
    /// Everything that follows from it is in the result: each further question to a policy that belongs to an object would
    /// copy the policy.
    ///
    /// - Parameters:
    ///   - transition: The state that a process has entered.
    ///   - process: The process.
    ///   - program: Its program, which is watched.
    ///   - previous: The state that it left.
    ///   - now: The present time; it is asked for only if it matters.
    /// - Returns: What follows.
    mutating func apply(
        _ transition: ProcessStateEvent.Transition,
        to process: ProcessName,
        _ program: WatchedProgram,
        from previous: ProcessState,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) -> Judgement {
        failedStarts.apply(transition, to: process)
        var judgement = Judgement()
        switch transition {
        case .fatal:
            wasStoppedLast = false
            judgement.mayBeLastExit = judgesAllExited
            if triggers.contains(.fatal) {
                judgement.cause = .fatal(process, isEarly: hasTriesLeft(process, program))
            }
        case .exited(let isExpected, _):
            wasStoppedLast = false
            let isRestarted = program.autorestart.restarts(afterExpected: isExpected)
            judgement.mayBeLastExit = judgesAllExited && !isRestarted
            if !crashLoops.isEmpty {
                var history = histories[process] ?? ProcessHistory()
                history.isRestarted = isRestarted
                histories[process] = history
            }
            if isMet(byExpected: isExpected) {
                judgement.cause = .exited(process, isExpected: isExpected)
            }
        case .starting:
            judgement.cause = crashLoop(byStartOf: process, from: previous, at: now())
        case .backoff:
            judgement.failedStarts = failedStarts[process]
        case .stopped:
            wasStoppedLast = true
        case .running, .stopping, .unknown:
            break
        }
        judgement.isCrowded = histories.isCrowded || failedStarts.isCrowded
        return judgement
    }

    /// Judges by another configuration from now on.
    ///
    /// - Parameters:
    ///   - programs: The programs that can shut down supervisord.
    ///   - startup: The order of starts, before anything is known, if `--ordered-startup` keeps one.
    mutating func adopt(_ programs: WatchedPrograms, startup: StartupProgress?) {
        self.programs = programs
        self.startup = startup
    }

    /// Records that events were lost: what has been stopped since, or has exited, only a snapshot tells.
    mutating func eventsWereLost() {
        wasStoppedLast = false
    }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    mutating func forgetAll(except known: Set<ProcessName>) {
        histories.forgetAll(except: known)
        failedStarts.forgetAll(except: known)
    }

    /// Finds a trigger that a process has met before the listener could see it.
    ///
    /// - Parameter snapshot: Every process that supervisord knows.
    /// - Returns: What shuts down supervisord, if anything; everything may have exited besides.
    func cause(in snapshot: [ProcessInformation]) -> FatalExitCause? {
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

    /// Whether an exit of that kind meets a trigger.
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

    /// Counts a restart by supervisord itself, and forgets those before if it is an operator's.
    private mutating func crashLoop(
        byStartOf process: ProcessName,
        from previous: ProcessState,
        at now: @autoclosure () -> ContinuousClock.Instant
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
        history.restarts.append(now())
        if history.restarts.count > most {
            history.restarts.removeFirst()
        }
        return crashLoops.first { $0.isReached(by: history.restarts) }.map { .crashLoop(process, $0) }
    }
}
