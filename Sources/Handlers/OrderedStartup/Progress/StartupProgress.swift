import ListenerKit

/// How far the startup has come: takes what happens, and says what is to be done next.
///
/// A process is started once. That is remembered here, and after a restart of the listener read off what supervisord knows;
/// it is never guessed from the process's present state, because a program that has ended looks like one to be started.
struct StartupProgress {
    private struct Process {
        let name: ProcessName
        let program: Int
        var state = ProcessState.stopped
        var reached: StartupConditions = []
        /// Whether it has been started, by whomever, or its start was asked for.
        var isStarted = false
        /// Whether its start was asked for, and nobody knows whether supervisord has heard it.
        var isInDoubt = false
        /// Since when it has been STARTING or RUNNING, where it is.
        var since: ContinuousClock.Instant?
        var lastNudge: ContinuousClock.Instant?
    }

    private struct Program {
        let processes: Range<Int>
        /// What all of its processes have reached.
        var reached: StartupConditions = []
        /// How many of its dependencies do not hold yet.
        var missing: Int
        /// The programs that wait for it, and still do.
        var waiting: [Waiter] = []
    }

    private struct Waiter {
        let program: Int
        let conditions: StartupConditions
    }

    private let plan: StartupPlan
    private var processes: [Process] = []
    private var programs: [Program] = []
    private var indices: [ProcessName: Int] = [:]
    /// Programs that wait for nothing any more, and may have processes that are not started.
    private var free: [Int] = []
    /// Processes that are STARTING or RUNNING and have not yet reached all that others wait for.
    private var watched: Set<Int> = []
    /// How many processes are still to be started here.
    private var remaining = 0
    /// How many have been started here.
    private var startedHere = 0
    /// When it was first known how things stand; nothing is started before that.
    private var began: ContinuousClock.Instant?

    /// Begins at the beginning of a plan.
    init(_ plan: StartupPlan) {
        self.plan = plan
        for (index, planned) in plan.programs.enumerated() {
            let first = processes.count
            for name in planned.processes {
                indices[name] = processes.count
                processes.append(Process(name: name, program: index))
            }
            programs.append(Program(processes: first..<processes.count, missing: planned.level == nil ? 1 : 0))
            remaining += planned.isManaged && planned.level != nil ? planned.processes.count : 0
        }
        for (index, planned) in plan.programs.enumerated() {
            for dependency in planned.dependencies {
                for parent in plan[parent: dependency].programs {
                    programs[index].missing += 1
                    programs[parent].waiting.append(Waiter(program: index, conditions: dependency.conditions))
                }
            }
        }
        free = programs.indices.filter { programs[$0].missing == 0 }
    }

    /// Takes stock.
    ///
    /// - Parameters:
    ///   - snapshot: Every process that supervisord knows.
    ///   - now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func take(_ snapshot: [ProcessInformation], at now: ContinuousClock.Instant) -> [StartupCommand] {
        let isFirst = began == nil
        began = began ?? now
        var commands = isFirst ? missingProcesses(in: snapshot) : []
        for information in snapshot {
            guard let index = indices[information.name] else {
                continue
            }
            let planned = plan.programs[processes[index].program]
            enter(information.state, index, at: now - .seconds(information.secondsUp ?? 0))
            if information.wasStarted {
                markStarted(index)
                reach(information.reached(startSeconds: planned.startSeconds, exitCodes: planned.exitCodes), index)
                commands += reportFailure(of: index)
            } else if processes[index].isInDoubt {
                // supervisord has not heard of it: the start is asked for once more.
                unmarkStarted(index)
            }
            processes[index].isInDoubt = false
        }
        return commands + startWhatIsFree() + sayIfFinished(at: now)
    }

    /// Takes one change of state.
    ///
    /// - Parameters:
    ///   - process: The process that changed.
    ///   - transition: The state that it entered.
    ///   - now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func take(
        _ process: ProcessName,
        _ transition: ProcessStateEvent.Transition,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard let index = indices[process] else {
            return []
        }
        let state = transition.state
        enter(state, index, at: now)
        if state != .stopped {
            markStarted(index)
        }
        reach(StartupConditions(transition), index)
        return reportFailure(of: index) + startWhatIsFree() + sayIfFinished(at: now)
    }

    /// Takes the news that supervisord will not start a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - reason: Why, as supervisord says it.
    /// - Returns: What is to be done.
    func startRefused(_ process: ProcessName, _ reason: String) -> [StartupCommand] {
        indices[process].map { [.say(.error, "\(process) cannot be started: \(reason)" + whoWaits(for: $0))] } ?? []
    }

    /// Takes the news that nobody knows whether supervisord has started a process: the next snapshot will tell.
    ///
    /// - Parameter process: The process.
    mutating func startInDoubt(_ process: ProcessName) {
        if let index = indices[process] {
            processes[index].isInDoubt = true
        }
    }
}

// MARK: - What has been reached

extension StartupProgress {
    private mutating func enter(_ state: ProcessState, _ index: Int, at time: ContinuousClock.Instant) {
        guard processes[index].state != state || processes[index].since == nil else {
            return
        }
        processes[index].lastNudge = nil
        if [.starting, .running].contains(state), !programs[processes[index].program].waiting.isEmpty {
            watched.insert(index)
            processes[index].since = time
        } else {
            watched.remove(index)
            processes[index].since = nil
        }
        processes[index].state = state
    }

    /// Notes what a process has reached, and whom that sets free.
    private mutating func reach(_ conditions: StartupConditions, _ index: Int) {
        guard !processes[index].reached.isSuperset(of: conditions) else {
            return
        }
        processes[index].reached.formUnion(conditions)
        let program = processes[index].program
        let reached = processes[programs[program].processes].reduce(conditions.union(processes[index].reached)) {
            $0.intersection($1.reached)
        }
        guard reached != programs[program].reached else {
            return
        }
        programs[program].reached = reached
        for waiter in programs[program].waiting where !waiter.conditions.isDisjoint(with: reached) {
            programs[waiter.program].missing -= 1
            if programs[waiter.program].missing == 0 {
                free.append(waiter.program)
            }
        }
        programs[program].waiting.removeAll { !$0.conditions.isDisjoint(with: reached) }
        if programs[program].waiting.isEmpty {
            watched.subtract(programs[program].processes)
        }
    }

    private mutating func markStarted(_ index: Int) {
        guard !processes[index].isStarted else {
            return
        }
        processes[index].isStarted = true
        remaining -= plan.programs[processes[index].program].isManaged ? 1 : 0
    }

    private mutating func unmarkStarted(_ index: Int) {
        guard processes[index].isStarted else {
            return
        }
        processes[index].isStarted = false
        remaining += plan.programs[processes[index].program].isManaged ? 1 : 0
        free.append(processes[index].program)
    }
}

// MARK: - What is to be done

extension StartupProgress {
    /// Starts what waits for nothing any more, the program with the lowest priority first.
    private mutating func startWhatIsFree() -> [StartupCommand] {
        guard began != nil, !free.isEmpty else {
            return []
        }
        let ordered = free.filter { plan.programs[$0].isManaged }.sorted {
            plan.programs[$0].rank < plan.programs[$1].rank
        }
        free.removeAll()
        var commands: [StartupCommand] = []
        for index in ordered.flatMap({ programs[$0].processes }) where !processes[index].isStarted {
            markStarted(index)
            startedHere += 1
            commands.append(.start(processes[index].name))
        }
        return commands
    }

    /// Says once that all is done, where there was anything to do.
    private mutating func sayIfFinished(at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard remaining == 0, startedHere > 0, let began else {
            return []
        }
        let count = startedHere
        startedHere = 0
        let seconds = began.duration(to: now) / .seconds(1)
        let tenths = Int((seconds * 10).rounded())
        return [
            .say(
                .info,
                "started \(count) \(count == 1 ? "process" : "processes") in order, in \(tenths / 10).\(tenths % 10) s"
            )
        ]
    }

    /// Names a process that supervisord has given up while others wait for it.
    private func reportFailure(of index: Int) -> [StartupCommand] {
        guard processes[index].state == .fatal else {
            return []
        }
        let waiting = whoWaits(for: index)
        return waiting.isEmpty ? [] : [.say(.error, "\(processes[index].name) is FATAL\(waiting)")]
    }

    /// Names processes that are to be started here and that supervisord does not know.
    private func missingProcesses(in snapshot: [ProcessInformation]) -> [StartupCommand] {
        let known = Set(snapshot.map { $0.name })
        return processes.filter { plan.programs[$0.program].isManaged && !known.contains($0.name) }.map {
            .say(
                .warning,
                "supervisord does not know \($0.name), which is in its configuration file by now: see supervisorctl update"
            )
        }
    }

    /// The end of a sentence about a process: who waits for it, and who for those in turn; empty where nobody does.
    private func whoWaits(for index: Int) -> String {
        var waiting: [Int] = []
        var seen: Set<Int> = []
        var open = [processes[index].program]
        while let program = open.popLast() {
            for waiter in programs[program].waiting where seen.insert(waiter.program).inserted {
                waiting.append(waiter.program)
                open.append(waiter.program)
            }
        }
        guard !waiting.isEmpty else {
            return ""
        }
        let names = waiting.prefix(Self.mostNames).map { plan.programs[$0].name }.joined(separator: ", ")
        let rest = waiting.count > Self.mostNames ? " and \(waiting.count - Self.mostNames) more" : ""
        return "; until it is started again, not started: \(names)\(rest)"
    }

    /// As many names as are worth reading in one line.
    private static let mostNames = 10
}

// MARK: - Nudges

extension StartupProgress {
    /// When supervisord is to be woken next; `nil` where nobody waits, or its own clock does as well.
    ///
    /// It looks at `startsecs`, and at programs that have ended, only when something wakes it, and that may be a second
    /// later. So while others wait for a process, supervisord is woken by calls that it answers at once: from the end of
    /// the process's `startsecs`, or from its start where its end is waited for, and ever more rarely.
    var nextNudge: ContinuousClock.Instant? {
        watched.compactMap { nudge(for: $0) }.min()
    }

    /// Notes that supervisord has been woken.
    ///
    /// - Parameter now: The present moment.
    mutating func nudged(at now: ContinuousClock.Instant) {
        for index in watched {
            if let nudge = nudge(for: index), nudge <= now {
                processes[index].lastNudge = now
            }
        }
    }

    private func nudge(for index: Int) -> ContinuousClock.Instant? {
        let process = processes[index]
        guard var beginning = process.since else {
            return nil
        }
        let awaited: StartupConditions = process.state == .starting ? .running : [.exited, .completed]
        guard programs[process.program].waiting.contains(where: { !$0.conditions.isDisjoint(with: awaited) }) else {
            return nil
        }
        if process.state == .starting {
            beginning += .seconds(plan.programs[process.program].startSeconds)
        }
        let last = process.lastNudge ?? beginning
        let interval = max(Self.shortestInterval, beginning.duration(to: last) / Self.slowness)
        return interval < Self.ownInterval ? last + interval : nil
    }

    private static let shortestInterval = Duration.milliseconds(10)
    /// What happens after some time is seen at most this part of that time later.
    private static let slowness = 32
    /// How often supervisord wakes by itself.
    private static let ownInterval = Duration.seconds(1)
}
