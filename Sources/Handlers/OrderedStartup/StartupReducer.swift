import ListenerKit

/// The whole of `--ordered-startup` as a value: follows what happens, and answers with what is to be done.
///
/// It decides what is started, reported and asked, and when; it neither calls supervisord nor looks at a clock. The handler
/// carries out its commands, and brings it whatever follows from them.
struct StartupReducer {
    /// The part of a configuration that the startup depends on.
    struct Configuration {
        /// The programs to start, and their order.
        let plan: StartupPlan
        /// The processes whose refused start shuts down supervisord.
        var mustStart: Set<ProcessName> = []
    }

    /// How far the startup has come.
    var progress: StartupProgress
    /// How the gates stand for which programs wait.
    var gates: GateReducer
    private var mustStart: Set<ProcessName>
    private var requests = SnapshotRequests()
    private var polling: StartupPolling
    /// How many starts supervisord was asked for and has not answered.
    private var openStarts = 0
    /// Whether supervisord has begun to send events; it does not before the listener has been up for its own `startsecs`.
    private var hearsEvents = false
    /// When the alarm goes off.
    private var alarm: ContinuousClock.Instant?
    private var isAlarmSet = false

    /// Begins at the beginning of a plan.
    ///
    /// - Parameters:
    ///   - configuration: What to start.
    ///   - policy: What follows if a program can no longer reach what others wait for.
    ///   - timeout: How long the whole startup may take.
    ///   - endsListener: Whether to end the listener once everything has started.
    ///   - knowsEarlierNotifications: Whether notifications that came before this listener was started are delivered to it.
    init(
        _ configuration: Configuration,
        policy: FailurePolicy = .wait,
        timeout: Duration? = nil,
        endsListener: Bool = false,
        knowsEarlierNotifications: Bool = false
    ) {
        gates = GateReducer(configuration.plan, knowsEarlierNotifications: knowsEarlierNotifications)
        progress = StartupProgress(configuration.plan, policy: policy, timeout: timeout)
        mustStart = configuration.mustStart
        polling = StartupPolling(provesStarts: endsListener)
    }

    /// Follows one change of state.
    ///
    /// - Parameters:
    ///   - event: The change.
    ///   - isNews: Whether this is the first event of a process that the configuration does not have; asked only if the order
    ///     of starts does not have it.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ event: ProcessStateEvent,
        isNews: @autoclosure () -> Bool,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        hearsEvents = true
        if !gates.isEmpty {
            // What is not in the order may have gates nevertheless, about which `listenerd status` and `restart` ask.
            gates.apply(event.transition, of: event.process, at: now)
        }
        guard let index = progress.indices[event.process] else {
            return conclude(isNews() ? [.requestSnapshot(after: StartupProgress.snapshotDelay)] : [], at: now)
        }
        var commands = progress.apply(event.transition, to: index, from: event.previous, at: now)
        if event.transition.state == .stopped {
            commands.append(.requestSnapshot(after: requests.processWasStopped(at: now)))
        }
        return conclude(commands, at: now)
    }

    /// Follows that a group was added or removed.
    ///
    /// - Parameters:
    ///   - event: What has become of the group.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(_ event: ProcessGroupEvent, at now: ContinuousClock.Instant) -> [StartupCommand] {
        if event.change == .added {
            progress.groupAdded(event.group, at: now)
        }
        return conclude([.requestSnapshot(after: StartupProgress.snapshotDelay)], at: now)
    }

    /// Follows what has become of a start.
    ///
    /// - Parameters:
    ///   - outcome: What has become of it.
    ///   - process: The process.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ outcome: StartOutcome,
        of process: ProcessName,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        openStarts -= 1
        var commands = progress.apply(outcome, of: process, at: now)
        if outcome == .started {
            gates.wasStarted(process, at: now)
        }
        if case .refused(let reason, lacksCommand: true) = outcome, !commands.isEmpty,
            mustStart.contains(process)
        {
            let failure = StartupFailure.refused(reason).description(of: process.description)
            commands = [.shutDown(reason: failure, failed: process)] + commands.filter { $0.startedProcess != nil }
        }
        return conclude(commands, at: now)
    }

    /// Returns whether another configuration can be followed from a snapshot on: nothing is uncertain that it does not tell.
    func isConclusive(_ snapshot: Snapshot) -> Bool {
        progress.isConclusive(snapshot)
    }

    /// Follows a snapshot.
    ///
    /// - Parameters:
    ///   - snapshot: How all processes stand.
    ///   - configuration: Another configuration that supervisord has read; nil if it is still the same.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ snapshot: Snapshot,
        _ configuration: Configuration?,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        let delayOfNext = requests.snapshotCame(from: snapshot.time, at: now)
        var commands: [StartupCommand]
        if let configuration {
            mustStart = configuration.mustStart
            gates.adopt(configuration.plan)
            commands = followGates(in: snapshot, at: now)
            commands += progress.adopt(configuration.plan, snapshot, at: now)
        } else {
            commands = followGates(in: snapshot, at: now)
            commands += progress.apply(snapshot, at: now)
        }
        commands += restoreReadiness(at: now)
        if let delayOfNext {
            commands.append(.requestSnapshot(after: delayOfNext))
        }
        let isProven = polling.prove(by: snapshot, &progress)
        commands = conclude(commands, at: now)
        // Before the startsecs of the listener are over, supervisord would take its end for a failure to start.
        if isProven, polling.isReadyToEnd {
            commands.append(.endListener)
        }
        return commands
    }

    /// Follows that the alarm has gone off.
    ///
    /// - Parameter now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func applyAlarm(at now: ContinuousClock.Instant) -> [StartupCommand] {
        alarm = nil
        isAlarmSet = false
        var commands: [StartupCommand] = []
        let isNudgeDue = progress.nextNudge().map { $0 <= now } ?? false
        progress.nudged(at: now)
        if polling.isDue(at: now) {
            // supervisord first sees what has exited, and only then tells.
            commands = [.nudge, .requestSnapshot(after: .zero)]
        } else if isNudgeDue {
            if !hearsEvents {
                commands = [.requestSnapshot(after: .zero)]
            } else if openStarts == 0 {
                commands = [.nudge]
            }
        }
        commands += progress.checkDeadline(at: now) { [gates] in gates.openGates(of: $0) }
        return conclude(commands, at: now)
    }

    /// Adds what follows from the present state to what follows from what has happened.
    mutating func conclude(_ commands: [StartupCommand], at now: ContinuousClock.Instant) -> [StartupCommand] {
        let commands = gates.isEmpty ? commands : commands + followGates(at: now)
        var needed = commands.isEmpty ? [] : record(commands, at: now)
        if openStarts == 0, let summary = progress.finish(at: now) {
            needed.append(.reportSummary(summary))
        }
        polling.update(&progress, hearsEvents: hearsEvents, isIdle: openStarts == 0, at: now)
        // Most events change nothing about the alarm, and comparing times costs more than all the rest.
        if isAlarmSet || polling.isActive || progress.remaining > 0 || !gates.isEmpty, let command = moveAlarm() {
            needed.append(command)
        }
        return needed
    }

    /// Finds out whether the alarm is to go off at another time than before.
    private mutating func moveAlarm() -> StartupCommand? {
        let next = earliest(earliest(progress.nextNudge(), progress.deadline), earliest(polling.next, gates.next))
        guard next != alarm else {
            return nil
        }
        alarm = next
        isAlarmSet = next != nil
        return .setAlarm(at: next)
    }

    /// Records starts and requests, and drops requests for snapshots that are on their way.
    private mutating func record(_ commands: [StartupCommand], at now: ContinuousClock.Instant) -> [StartupCommand] {
        var needed: [StartupCommand] = []
        for command in commands {
            switch command {
            case .requestSnapshot(let delay):
                if let request = requests.request(after: delay, at: now) {
                    needed.append(request)
                }
            case .start:
                openStarts += 1
                needed.append(command)
            default:
                needed.append(command)
            }
        }
        return needed
    }
}

extension StartupCommand {
    /// The process that is to be started, if one is.
    var startedProcess: ProcessName? {
        if case .start(let process) = self { process } else { nil }
    }
}
