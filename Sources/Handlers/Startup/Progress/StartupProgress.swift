import ListenerKit

/// How far the startup has come: a value that follows what happens, and answers with what is to be done next.
///
/// A process is started once. That is remembered here, and after a restart of the listener read off what supervisord knows;
/// it is never guessed from the process's present state, because a program that has exited looks like one to be started.
///
/// Every edge of the plan is looked at a few times altogether, however many events there are.
struct StartupProgress {
    /// How long to wait before supervisord is asked about what it may have just changed: groups come and go in numbers.
    static let snapshotDelay = Duration.milliseconds(100)

    private(set) var plan: StartupPlan
    let policy: FailurePolicy
    let timeout: Duration?
    private(set) var waiting: WaitingPrograms
    /// By the indices of the plan.
    var processes: [ProcessProgress] = []
    var programs: [ProgramProgress] = []
    var parents: [ParentProgress] = []
    /// For each process, the parents that it belongs to.
    var memberships: [[Int]]
    /// The processes that matter to the order of starts.
    private(set) var indices: [ProcessName: Int] = [:]
    /// The same by their groups: made when a group is added, which is rare.
    private(set) lazy var groups = Dictionary(grouping: indices.values) { processes[$0].name.group }
    /// Whether other processes may be waited for than when this was last reset.
    var areWaitersChanged = true
    /// Programs that wait for nothing any more, and may have processes that are not started.
    var readyPrograms: [Int] = []
    /// How many processes are still to be started here.
    var remaining = 0
    /// The processes that are to be started here, unless an error keeps them from it.
    private(set) var managed: [Int] = []
    /// One of these of which it was not decided, when that was last checked, whether it has started: its position among them.
    var undecided = 0
    /// When it last became uncertain what supervisord has: because a start is unconfirmed, or because a group was added.
    ///
    /// Only a snapshot that supervisord was asked for later tells.
    var lastUncertainty: ContinuousClock.Instant?
    /// The program that was started last.
    var lastStarted: Int?
    /// Whether all was done once; what is started after that belongs to no startup.
    var isFinished = false
    /// When it was first known how things stand; nothing is started before that.
    var began: ContinuousClock.Instant?
    /// Whether the timeout is over, and what follows has been done.
    var isOverdue = false
    /// Processes, by their indices, for which supervisord is to be nudged.
    var nudges = WakeSchedule<Int>()

    /// Begins at the beginning of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - policy: What follows if a program can no longer reach what others wait for.
    ///   - timeout: How long the whole startup may take.
    init(_ plan: StartupPlan, policy: FailurePolicy = .wait, timeout: Duration? = nil) {
        self.init(plan, policy: policy, timeout: timeout, from: nil)
    }

    /// Continues from the progress of another plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - policy: What follows if a program can no longer reach what others wait for.
    ///   - timeout: How long the whole startup may take.
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
            keepProcesses(of: old)
        }
        for (index, program) in plan.programs.enumerated() {
            add(program, index)
        }
        if let old {
            keepPrograms(of: old)
        }
        readyPrograms = programs.indices.filter { programs[$0].missing == 0 && programs[$0].unstarted > 0 }
    }

    private mutating func addProcesses(of program: PlannedProgram, _ programIndex: Int) {
        let isManaged = program.isManaged && program.level != nil
        for (position, name) in program.processes.enumerated() {
            let index = program.firstProcess + position
            let hasGates = program.gates.map { !$0.processes[position].isEmpty } ?? false
            processes.append(ProcessProgress(name, program: programIndex, hasGates: hasGates))
            if program.isManaged || !memberships[index].isEmpty, indices[name] == nil {
                indices[name] = index
            }
            if isManaged {
                managed.append(index)
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

    /// Follows one change of state.
    ///
    /// - Parameters:
    ///   - transition: The state that a process has entered.
    ///   - index: The process, by its index among ``indices``.
    ///   - previous: The state that it left, if that is known.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func apply(
        _ transition: ProcessStateEvent.Transition,
        to index: Int,
        from previous: ProcessState? = nil,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        forgetIfMaybeReplaced(index)
        let isStart = transition.state == .starting
        var reached = StartupConditions(transition)
        // Events may have been lost; what a process comes from tells what it had reached. But the first event of one that
        // nobody has started is its start: what comes before that is about the one that it has replaced.
        if let previous, previous != .stopped, isStart || processes[index].start != .none || began == nil {
            reached.formUnion(StartupConditions(previous))
        }
        let request = recordQuickExit(index, transition, at: now)
        markSeen(index, at: now, isNew: isStart)
        let commands = change(
            index,
            to: transition.state,
            since: now,
            reached: reached,
            failure: transition.failure(autorestart: plan.programs[processes[index].program].autorestart),
            at: now
        )
        // Nearly always all of these are empty, and to join them would cost more than the rest.
        guard !request.isEmpty || !readyPrograms.isEmpty else {
            return commands
        }
        return request + commands + startReadyPrograms(at: now)
    }
}
