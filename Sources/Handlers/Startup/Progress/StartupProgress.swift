import ListenerKit

/// How far the startup has come: takes what happens, and says what is to be done next.
///
/// A process is started once. That is remembered here, and after a restart of the listener read off what supervisord knows;
/// it is never guessed from the process's present state, because a program that has ended looks like one to be started.
///
/// Every edge of the plan is looked at a few times altogether, however many events there are.
struct StartupProgress {
    private(set) var plan: StartupPlan
    let policy: FailurePolicy
    let timeout: Duration?
    private(set) var waiting: WaitingPrograms
    /// By the numbers of the plan.
    var processes: [ProcessProgress] = []
    var programs: [ProgramProgress] = []
    var parents: [ParentProgress] = []
    /// For each process, the parents that it belongs to.
    var memberships: [[Int]]
    /// The processes that matter to the order of starts.
    private(set) var numbers: [ProcessName: Int] = [:]
    /// The same by their groups: made when a group is added, which is rare.
    private(set) lazy var groups = Dictionary(grouping: numbers.values) { processes[$0].name.group }
    /// Programs that wait for nothing any more, and may have processes that are not started.
    var free: [Int] = []
    /// How many processes are still to be started here.
    var remaining = 0
    /// The processes that are to be started here, unless an error keeps them from it.
    private(set) var managed: [Int] = []
    /// One of these of which it was not decided, when that was last looked at, whether it has started: its place among them.
    var undecided = 0
    /// Whether only supervisord can tell what has become of a process that has just ended.
    var wantsSnapshot = false
    /// The program that was started last.
    var lastStarted: Int?
    /// Whether all was done once; what is started after that belongs to no startup.
    var isFinished = false
    /// When it was first known how things stand; nothing is started before that.
    var began: ContinuousClock.Instant?
    /// Whether the time is up, and what follows has been done.
    var isOverdue = false
    /// Processes to wake supervisord for, by the moment at which that may have to be done.
    var nudges = NudgeQueue()

    /// Begins at the beginning of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - policy: What follows when a program can no longer reach what others wait for.
    ///   - timeout: How long all may take.
    init(_ plan: StartupPlan, policy: FailurePolicy = .wait, timeout: Duration? = nil) {
        self.init(plan, policy: policy, timeout: timeout, from: nil)
    }

    /// Begins where another plan has been left.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - policy: What follows when a program can no longer reach what others wait for.
    ///   - timeout: How long all may take.
    ///   - old: How far the other one has come; nil if there was none.
    init(_ plan: StartupPlan, policy: FailurePolicy, timeout: Duration?, from old: StartupProgress?) {
        self.plan = plan
        self.policy = policy
        self.timeout = timeout
        waiting = WaitingPrograms(StartupGraph(plan.programs, plan.parents))
        memberships = Array(repeating: [], count: plan.programs.last?.processIndices.upperBound ?? 0)
        parents = plan.parents.map { ParentProgress(size: $0.processes.count) }
        for (index, parent) in plan.parents.enumerated() {
            for process in parent.processes {
                memberships[process].append(index)
            }
        }
        for (index, program) in plan.programs.enumerated() {
            addProcesses(of: program, index)
        }
        if let old {
            takeOver(old)
        }
        for (index, program) in plan.programs.enumerated() {
            add(program, index)
        }
        if let old {
            takeOverPrograms(of: old)
        }
        free = programs.indices.filter { programs[$0].missing == 0 && programs[$0].unstarted > 0 }
    }

    private mutating func addProcesses(of program: PlannedProgram, _ index: Int) {
        let isManaged = program.isManaged && program.level != nil
        for (number, name) in zip(program.processIndices, program.processes) {
            processes.append(ProcessProgress(name, program: index))
            if program.isManaged || !memberships[number].isEmpty, numbers[name] == nil {
                numbers[name] = number
            }
            if isManaged {
                managed.append(number)
            }
        }
    }

    private mutating func add(_ program: PlannedProgram, _ index: Int) {
        guard program.isManaged, program.level != nil else {
            // One that an error of the configuration keeps from being started waits for something that never comes.
            return programs.append(ProgramProgress(missing: program.isManaged ? 1 : 0, unstarted: 0))
        }
        let unstarted = program.processIndices.count { !processes[$0].start.isDone }
        var missing = 0
        for dependency in program.dependencies where unstarted > 0 {
            let parent = plan[parent: dependency]
            let isAbsent = dependency.isOptional && parent.programs.contains { plan.programs[$0].level == nil }
            let holdsBack = parents[dependency.parent].reached.isDisjoint(with: dependency.conditions)
            if holdsBack, !isAbsent, !goesOnRegardless {
                missing += 1
                parents[dependency.parent].add(.init(index, dependency))
            }
        }
        programs.append(ProgramProgress(missing: missing, unstarted: unstarted))
        remaining += unstarted
    }

    /// Takes stock.
    ///
    /// - Parameters:
    ///   - snapshot: Every process that supervisord knows.
    ///   - time: When supervisord was asked.
    ///   - now: The present moment.
    ///   - settlesDoubts: Whether it was taken after the last start in doubt, so that it tells what became of that.
    /// - Returns: What is to be done, in this order.
    mutating func take(
        _ snapshot: [ProcessInformation],
        asked time: ContinuousClock.Instant,
        at now: ContinuousClock.Instant,
        settlesDoubts: Bool = true
    ) -> [StartupCommand] {
        began = began ?? now
        suspectReplacements(in: snapshot, asked: time)
        if settlesDoubts {
            takeReplacements(in: snapshot, at: now)
        }
        takeStarts(in: snapshot, at: now)
        // `supervisorctl update` may just be at work; the plan of what it has found comes with the next snapshot.
        var commands = settlesDoubts ? takeUnknownProcesses(in: snapshot) : []
        for information in snapshot {
            if let number = numbers[information.name] {
                commands += take(information, number, at: now, settlesDoubts)
            }
        }
        return commands + startWhatIsFree(at: now)
    }

    private mutating func take(
        _ information: ProcessInformation,
        _ number: Int,
        at now: ContinuousClock.Instant,
        _ settlesDoubts: Bool
    ) -> [StartupCommand] {
        let program = plan.programs[processes[number].program]
        guard processes[number].start != .maybeReplaced else {
            // Only a snapshot that settles this says which process it is about.
            return []
        }
        guard information.wasStarted else {
            if processes[number].start == .inDoubt, settlesDoubts {
                // supervisord has not heard of it: the start is asked for once more.
                forgetStart(number)
            }
            return takeUntouched(number, program, at: now)
        }
        return change(
            number,
            to: information.state,
            since: now - .seconds(information.secondsUp ?? 0),
            reached: information.reached(startSeconds: program.startSeconds, exitCodes: program.exitCodes),
            failure: information.failure(autorestart: program.autorestart, exitCodes: program.exitCodes),
            at: now
        )
    }

    /// Takes the news that nobody has started a process yet.
    private mutating func takeUntouched(
        _ number: Int,
        _ program: PlannedProgram,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        // A snapshot may have been taken before the start that has been asked for since.
        guard processes[number].start == .none else {
            return []
        }
        let isNobodys = !program.isManaged && !program.isAutostarted
        let failure = isNobodys ? StartupFailure.neverStarted(program.reasonForNoStart) : nil
        return change(number, to: .stopped, since: now, reached: [], failure: failure, at: now)
    }

    /// Takes one change of state.
    ///
    /// - Parameters:
    ///   - process: The process that changed.
    ///   - transition: The state that it entered.
    ///   - previous: The state that it left, where that is known.
    ///   - now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func take(
        _ process: ProcessName,
        _ transition: ProcessStateEvent.Transition,
        from previous: ProcessState? = nil,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard let number = numbers[process] else {
            return []
        }
        forgetIfMaybeReplaced(number)
        let isStart = transition.state == .starting
        var reached = StartupConditions(transition)
        // Events may have been lost; what a process comes from tells what it had reached. But one that nobody has started
        // hears first of its start: what comes before that is about one that was in its place.
        if let previous, previous != .stopped, isStart || began == nil || processes[number].start != .none {
            reached.formUnion(StartupConditions(previous))
        }
        let warnings = noteQuickEnd(number, transition, at: now)
        markSeen(number, at: now, isNew: isStart)
        let commands = change(
            number,
            to: transition.state,
            since: now,
            reached: reached,
            failure: transition.failure(autorestart: plan.programs[processes[number].program].autorestart),
            at: now
        )
        return warnings + commands + startWhatIsFree(at: now)
    }

    /// Takes the news that supervisord will not start a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - reason: Why, as supervisord says it.
    ///   - now: The present moment.
    /// - Returns: What is to be done.
    mutating func startRefused(
        _ process: ProcessName,
        _ reason: String,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard let number = numbers[process], processes[number].start != .seen else {
            return []
        }
        forgetStart(number)
        processes[number].start = .refused
        let commands = change(number, to: .stopped, since: now, reached: [], failure: .refused(reason), at: now)
        return commands + startWhatIsFree(at: now)
    }

    /// Takes the news that nobody knows whether supervisord has started a process: the next snapshot will tell.
    ///
    /// - Parameter process: The process.
    mutating func startInDoubt(_ process: ProcessName) {
        if let number = numbers[process], processes[number].start == .asked {
            processes[number].start = .inDoubt
        }
    }

    /// Notes what has been started before anything is said of failures: it waits for nobody.
    private mutating func takeStarts(in snapshot: [ProcessInformation], at now: ContinuousClock.Instant) {
        for information in snapshot where information.wasStarted {
            if let number = numbers[information.name], processes[number].start != .maybeReplaced {
                markSeen(number, at: now)
            }
        }
    }

    /// Names processes that matter here and that supervisord does not know.
    ///
    /// Of one that it has known, it is asked once more: `supervisorctl update` removes a group a moment before it adds it anew.
    private mutating func takeUnknownProcesses(in snapshot: [ProcessInformation]) -> [StartupCommand] {
        var known = Array(repeating: false, count: processes.count)
        for information in snapshot {
            if let number = numbers[information.name] {
                known[number] = true
            }
        }
        var commands: [StartupCommand] = []
        for number in processes.indices where numbers[processes[number].name] == number {
            defer { processes[number].isKnown = known[number] }
            if !known[number] {
                if processes[number].isKnown {
                    wantsSnapshot = true
                } else {
                    commands += setFailure(.unknown, number)
                }
            } else if processes[number].failure == .unknown {
                commands += setFailure(nil, number)
                free.append(processes[number].program)
            }
        }
        return commands
    }
}
