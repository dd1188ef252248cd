public import ListenerKit

/// Starts programs one after the other, each when those before it are where they should be.
public final class OrderedStartup {
    /// After a call that nobody answered, supervisord is asked how things stand, but not at once.
    private static let delayAfterFailure = Duration.milliseconds(500)
    /// What the reporter calls starts that do not reach supervisord.
    private static let cause = "ordered-startup cannot reach supervisord"

    private let context: Context
    private let supervisor: Supervisor
    private var progress: StartupProgress
    /// Whether supervisord has begun to send events; it does not before the listener has been up for its own `startsecs`.
    private var hearsEvents = false

    /// Reads the plan from supervisord's configuration.
    ///
    /// - Parameter context: What the listener offers.
    /// - Throws: ``ConfigurationError`` and ``NoSupervisorError``: without a configuration there is no plan, and without a
    ///   server nothing can be started.
    public init(_ context: Context) throws {
        self.context = context
        let configuration = try context.configuration()
        supervisor = try context.supervisor()
        let plan = StartupPlan(configuration)
        progress = StartupProgress(plan)
        for problem in plan.problems {
            context.reporter.say(
                problem.severity == .error ? .error : .warning,
                "\(problem.location): \(problem.message)"
            )
        }
        if !plan.programs.contains(where: { $0.isManaged }) {
            context.reporter.say(
                .warning,
                "nothing to start: no program in \(configuration.path) has startinorder=true and autostart=false"
            )
        }
    }

    private func carryOut(_ commands: [StartupCommand]) async {
        for command in commands {
            switch command {
            case .start(let process): await start(process)
            case .say(let level, let message): context.reporter.sayOnce(level, message)
            }
        }
        context.setAlarm(at: progress.nextNudge)
    }

    private func start(_ process: ProcessName) async {
        do throws(SupervisorError) {
            try await supervisor.startProcess(process, wait: false)
            context.reporter.settle(Self.cause)
            if !hearsEvents {
                context.requestSnapshot()
            }
        } catch {
            await recover(from: error, starting: process)
        }
    }

    private func recover(from error: SupervisorError, starting process: ProcessName) async {
        guard let fault = error.fault else {
            progress.startInDoubt(process)
            context.reporter.sayOnce(.warning, "\(process) may not have been started: \(error)", cause: Self.cause)
            return context.requestSnapshot(after: Self.delayAfterFailure)
        }
        switch fault.known {
        case .alreadyStarted, .spawnError, .shutdownState:
            // It runs; or supervisord tries again by itself, and says what becomes of that; or nothing starts any more.
            break
        default:
            for case .say(let level, let message) in progress.startRefused(process, fault.message) {
                context.reporter.sayOnce(level, message)
            }
        }
    }
}

extension OrderedStartup: ProcessStateHandler {
    /// `ordered-startup`.
    public static var name: String { "ordered-startup" }
    /// Its line in help.
    public static var summary: String { "start programs in order, as their startinorder= and priority= say" }
    /// It has to see every change.
    public static var events: [EventKind] { [.processState] }

    /// Goes on where a change allows it.
    ///
    /// - Parameter event: The change.
    public func handle(_ event: ProcessStateEvent) async {
        hearsEvents = true
        await carryOut(progress.take(event.process, event.transition, at: .now))
    }
}

extension OrderedStartup: SnapshotHandler {
    /// Goes on from where things stand.
    ///
    /// - Parameter snapshot: How they stand.
    public func handle(_ snapshot: Snapshot) async {
        await carryOut(progress.take(snapshot.processes, at: .now))
    }
}

extension OrderedStartup: AlarmHandler {
    /// Wakes supervisord, so that it looks how its processes are; and looks itself for as long as nobody tells.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) async {
        progress.nudged(at: event.time)
        if hearsEvents {
            // What the answer is does not matter, and that there is none will be said where it does.
            _ = try? await supervisor.state()
        } else {
            context.requestSnapshot()
        }
        context.setAlarm(at: progress.nextNudge)
    }
}
