public import ListenerKit

/// Starts programs one after the other, each when those before it are where they should be.
public final class OrderedStartup {
    /// After a call that nobody answered, supervisord is asked how things stand, but not at once.
    static let delayAfterFailure = Duration.milliseconds(500)
    /// After a group was added or removed.
    static let delayAfterGroup = Duration.milliseconds(100)
    /// After a process was stopped: by then, `supervisorctl update` has put another one in its place, where it does.
    private static let delayAfterStop = Duration.seconds(2)
    /// What the reporter calls starts that do not reach supervisord.
    static let cause = "ordered-startup cannot reach supervisord"

    /// What follows when a program can no longer reach what others wait for.
    package static let onFailure = Option<FailurePolicy>(
        "on-failure",
        "policy",
        help: "what to do when a program can no longer reach the state that others wait for",
        default: .wait
    )
    private static let timeout = Option<Duration?>("timeout", "seconds", help: "how long the whole startup may take")
    private static let exit = Option<Bool>(flag: "exit", help: "exit once everything has started")

    let context: Context
    private let supervisor: Supervisor
    private let supervisorEnd: SupervisordShutdown
    /// Whose starts must not be refused; nil where that ends nothing.
    var mustStart: WatchedPrograms?
    let queue: StartQueue
    var progress: StartupProgress
    /// supervisord's configuration, from which the plan was read.
    var configuration: FollowedConfiguration
    /// When to look at all processes although no event tells of them.
    private var looks: StartupLooks
    /// When the alarm goes off.
    private var alarm: ContinuousClock.Instant?
    /// Whether supervisord has begun to send events; it does not before the listener has been up for its own `startsecs`.
    private var hearsEvents = false
    /// When it was last unknown whether supervisord has heard a call, or has other processes than before.
    var lastDoubt: ContinuousClock.Instant?
    /// Whether a snapshot was asked for because of groups, and has not come yet.
    var isSnapshotDue = false
    /// When to look whether what was stopped has been replaced; nil where nothing was.
    private var lookAfterStop: ContinuousClock.Instant?

    /// Reads the plan from supervisord's configuration.
    ///
    /// - Parameter context: What the listener offers.
    /// - Throws: ``ConfigurationError`` and ``NoSupervisorError``: without a configuration there is no plan, and without a
    ///   server nothing can be started.
    public init(_ context: Context) throws {
        self.context = context
        let configuration = try context.configuration()
        supervisor = try context.supervisor()
        supervisorEnd = SupervisordShutdown(context)
        self.configuration = FollowedConfiguration(configuration)
        looks = StartupLooks(provesStarts: context[Self.exit])
        mustStart = FatalExit.programsThatMustStart(context, configuration)
        queue = StartQueue(supervisor, context.startLock) { context.setAlarm(at: context.now) }
        let plan = StartupPlan(configuration)
        progress = StartupProgress(plan, policy: context[Self.onFailure], timeout: context[Self.timeout])
        report(plan.problems)
        if !plan.programs.contains(where: { $0.isManaged }) {
            context.reporter.report(
                .warning,
                "nothing to start: no program in \(configuration.basePath) has autostart=false and one of startafter, "
                    + "dependent_startup=true or startinorder=true"
            )
        }
    }

    private func report(_ problems: [ConfigurationProblem]) {
        for problem in problems {
            // The lines of the same problem may be others after an update.
            context.reporter.reportOnce(
                problem.severity == .error ? .error : .warning,
                problem.withoutSeverity,
                key: "\(problem.location.file): \(problem.message)"
            )
        }
    }

    /// Does what is to be done, and what follows from that.
    func carryOut(_ commands: [StartupCommand]) async {
        var starts: [ProcessName] = []
        for command in commands {
            switch command {
            case .start(let process): starts.append(process)
            case .sayUnlessStopping(let level, let message): await sayUnlessStopping(level, message)
            case .sayFailure(let level, let process, let failure, let consequence):
                await report(failure, of: process, level, consequence)
            case .endSupervisor(let message, let process): _ = await supervisorEnd.end(because: message, process)
            }
        }
        queue.append(starts)
        if progress.wantsSnapshot {
            progress.wantsSnapshot = false
            requestSnapshotSoon()
        }
        if queue.isEmpty, let summary = progress.finish(at: .now) {
            await report(summary)
        }
        looks.plan(after: &progress, hearsEvents: hearsEvents, isIdle: queue.isEmpty)
        setAlarm(at: earliest(progress.nextAlarm(), looks.next))
        if queue.hasAnswers {
            // They may have come while the alarm was set to a later moment.
            setAlarm(at: context.now)
        }
    }

    /// Says how the startup has gone; while supervisord stops, it gives up what has not come up, and that is no news.
    private func report(_ summary: StartupSummary) async {
        var reasons: [ProcessName: String] = [:]
        for failure in summary.failures.prefix(StartupSummary.mostFailures) {
            do throws(SupervisorError) {
                reasons[failure.process] = try await supervisor.processInfo(of: failure.process.description).spawnError
            } catch {
                if error.isShutdown {
                    return
                }
            }
        }
        context.reporter.reportOnce(summary.level, summary.message(reasons))
    }

    private func setAlarm(at time: ContinuousClock.Instant?) {
        if time != alarm {
            alarm = time
            context.setAlarm(at: time)
        }
    }

    private func wakeSupervisord() async {
        if !hearsEvents {
            context.requestSnapshot()
        } else if queue.isEmpty {
            // What the answer is does not matter, and that there is none will be said where it does.
            _ = try? await supervisor.state()
        }
    }

    /// Says what others wait for in vain; while supervisord stops, everything does, and that is no news.
    private func sayUnlessStopping(_ level: Reporter.Level, _ message: String) async {
        do throws(SupervisorError) {
            _ = try await supervisor.state()
        } catch {
            if error.isShutdown {
                return
            }
        }
        context.reporter.reportOnce(level, message)
    }

    /// Says why a process reaches nothing more, in supervisord's words if it has any, and what follows.
    private func report(
        _ failure: StartupFailure,
        of process: ProcessName,
        _ level: Reporter.Level,
        _ consequence: String
    ) async {
        let name = process.description
        guard failure == .fatal else {
            return await sayUnlessStopping(level, failure.description(of: name) + consequence)
        }
        var spawnError: String?
        do throws(SupervisorError) {
            spawnError = try await supervisor.processInfo(of: name).spawnError
        } catch {
            if error.isShutdown {
                return
            }
        }
        context.reporter.reportOnce(level, failure.description(of: name, spawnError ?? "") + consequence)
    }
}

extension OrderedStartup: ProcessStateHandler {
    /// `ordered-startup`.
    public static var name: String { "ordered-startup" }
    /// Its line in help.
    public static var summary: String { "start programs in the order that startafter= and other keys give" }
    /// What it can be told.
    public static var options: [any OptionDeclaration] { [onFailure, timeout, exit] }
    /// It has to see every change.
    public static var events: [EventKind] { [.processState] }

    /// Goes on where a change allows it.
    ///
    /// - Parameter event: The change.
    public func handle(_ event: ProcessStateEvent) async {
        hearsEvents = true
        if progress.numbers[event.process] == nil {
            lookAtStranger(event.process)
        } else if event.transition.state == .stopped {
            requestSnapshotAfterStop()
        }
        await carryOut(progress.take(event.process, event.transition, from: event.previous, at: .now))
    }
}

extension OrderedStartup: SnapshotHandler {
    /// Goes on from where things stand.
    ///
    /// - Parameter snapshot: How they stand.
    public func handle(_ snapshot: Snapshot) async {
        // One that was under way at the time of the doubt says nothing about it; another one has been asked for.
        let settlesDoubts = lastDoubt.map { $0 < snapshot.time } ?? true
        isSnapshotDue = false
        if !settlesDoubts {
            requestSnapshotSoon()
        }
        takeLookAfterStop(at: snapshot.time)
        if case .lostEvents = snapshot.reason {
            progress.suspectRefusals()
        }
        let commands =
            if settlesDoubts, let plan = newPlan(snapshot) {
                progress.adopt(plan, snapshot.processes, asked: snapshot.time, at: .now)
            } else {
                progress.take(snapshot.processes, asked: snapshot.time, at: .now, settlesDoubts: settlesDoubts)
            }
        let isProven = looks.prove(snapshot, progress)
        await carryOut(commands)
        // Before its own startsecs are over, supervisord would take the end for a failure to start.
        if isProven, looks.isReadyToEnd {
            context.end()
        }
    }

    /// The plan of another configuration that supervisord has taken over; nil if it is still the same one.
    private func newPlan(_ snapshot: Snapshot) -> StartupPlan? {
        progress.suspectReplacements(in: snapshot.processes, asked: snapshot.time)
        let hasReplacements = progress.suspectsReplacements
        // supervisord says nothing of a change to keys that are not its own, such as one that repairs a cycle.
        let needsLooks = progress.plan.hasErrors || context.isSubscribed(to: .processGroupAdded) == false
        let new = configuration.follow(
            snapshot,
            hasReplacements: hasReplacements,
            needsLooks: needsLooks,
            context
        )
        guard let new else {
            return nil
        }
        mustStart = FatalExit.programsThatMustStart(context, new)
        let plan = StartupPlan(new)
        report(plan.problems)
        return plan
    }

    /// Looks some time after the last of all stops, of which there may be many at once.
    private func requestSnapshotAfterStop() {
        let isDue = lookAfterStop != nil
        lookAfterStop = .now + Self.delayAfterStop
        if !isDue {
            context.requestSnapshot(after: Self.delayAfterStop)
        }
    }

    private func takeLookAfterStop(at time: ContinuousClock.Instant) {
        guard let look = lookAfterStop else {
            return
        }
        if time < look {
            context.requestSnapshot(after: time.duration(to: look))
        } else {
            lookAfterStop = nil
        }
    }
}

extension OrderedStartup: AlarmHandler {
    /// Goes on where starts were answered; wakes supervisord, so that it looks how its processes are, and looks itself for
    /// as long as nobody tells.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) async {
        alarm = nil
        await takeAnswers(at: event.time)
        let isNudge = progress.nextNudge().map { $0 <= event.time } ?? false
        progress.nudged(at: event.time)
        if isNudge {
            await wakeSupervisord()
        }
        if looks.isDue(at: event.time) {
            // supervisord first sees who has ended, and then says so.
            _ = try? await supervisor.state()
            context.requestSnapshot()
        }
        await carryOut(progress.checkDeadline(at: event.time))
    }
}

extension OrderedStartup: SupervisorDependent {}

extension OrderedStartup: OptionRules {
    /// Rejects combinations of options that contradict each other.
    ///
    /// - Parameter request: The selected handlers, and all options.
    /// - Throws: ``UsageError`` if there is one.
    public static func check(_ request: ListenRequest) throws(UsageError) {
        if request.value(of: exit, handler: name), request.handlers.count > 1 {
            throw .other("'--\(name)-\(exit.name)' cannot be combined with other handlers: it would end them too")
        }
        let policy = request.value(of: onFailure, handler: name)
        if policy == .exit, !request.handlers.contains(where: { $0.name == FatalExit.name }) {
            throw .other("The value 'exit' of '--\(name)-\(onFailure.name)' needs '--\(FatalExit.name)'")
        }
    }
}
