import ListenerKit

extension StartupProgress {
    /// Notes how a process stands.
    mutating func change(
        _ number: Int,
        to state: ProcessState,
        since time: ContinuousClock.Instant,
        reached: StartupConditions,
        failure: StartupFailure?,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        enter(state, number, at: time)
        guard !isKnownBetter(number, failure) else {
            return []
        }
        if let failure, isSaidBetter(number, failure) {
            processes[number].failure = failure
            return [.sayUnlessStopping(.error, failure.description(of: processes[number].name.description))]
        }
        if processes[number].failure != failure {
            _ = setFailure(nil, number)
        }
        reach(reached, number)
        return setFailure(failure, number)
    }

    /// Whether an end is one of which more was found out already.
    private func isKnownBetter(_ number: Int, _ failure: StartupFailure?) -> Bool {
        processes[number].failure == .notExecuted && failure == .ended(isExpected: false)
    }

    /// Whether more was found out of an end: whoever waits was told of it.
    private func isSaidBetter(_ number: Int, _ failure: StartupFailure) -> Bool {
        failure == .notExecuted && processes[number].failure == .ended(isExpected: false)
    }

    /// Notes what a process has reached, and whom that sets free.
    private mutating func reach(_ conditions: StartupConditions, _ number: Int) {
        let news = conditions.subtracting(processes[number].reached)
        guard !news.isEmpty else {
            return
        }
        let isFailed = processes[number].failure != nil
        processes[number].reached.formUnion(news)
        for parent in memberships[number] {
            if isFailed {
                parents[parent].lose(news, by: -1)
            }
            if parents[parent].reach(news) {
                let reached = parents[parent].reached
                release(parent, because: processes[number].program) { !$0.conditions.isDisjoint(with: reached) }
            }
        }
    }

    /// Lets programs go on that waited for a parent.
    ///
    /// - Parameters:
    ///   - parent: The parent.
    ///   - program: The program that was waited for last; nil where the time is up.
    ///   - mayGo: Which of them.
    mutating func release(_ parent: Int, because program: Int?, where mayGo: (ParentProgress.Waiter) -> Bool) {
        for waiter in parents[parent].release(where: mayGo) {
            programs[waiter.program].missing -= 1
            if programs[waiter.program].missing == 0 {
                programs[waiter.program].waitedFor = program
                free.append(waiter.program)
            }
        }
    }

    /// Notes that a process was started, or that its start was asked for.
    mutating func markStarted(_ number: Int, _ start: ProcessProgress.Start) {
        if !processes[number].start.isDone {
            countStart(number, -1)
        }
        processes[number].start = start
    }

    /// Notes that a process has been started by this moment.
    ///
    /// - Parameters:
    ///   - number: The process.
    ///   - now: The present moment.
    ///   - isNew: Whether it was started only now, also where that is known of it already.
    mutating func markSeen(_ number: Int, at now: ContinuousClock.Instant, isNew: Bool = false) {
        if isNew || processes[number].start != .seen {
            processes[number].seen = now
        }
        markStarted(number, .seen)
    }

    /// Takes the news that supervisord has started a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - isUp: Whether it was up when supervisord answered.
    ///   - now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func started(
        _ process: ProcessName,
        isUp: Bool,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard let number = numbers[process] else {
            return []
        }
        if processes[number].start == .asked {
            // Events may be long in coming, and this is what they will say.
            enter(.starting, number, at: now)
            markSeen(number, at: now)
        }
        // Without seconds to wait for, it is RUNNING at once, even if it has ended by now.
        let isRunning = isUp && plan.programs[processes[number].program].startSeconds <= 0
        reach(isRunning ? [.started, .running] : .started, number)
        return startWhatIsFree(at: now)
    }

    /// Takes the news that supervisord could not start a process, and tries again by itself.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func startFailed(_ process: ProcessName, at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard let number = numbers[process] else {
            return []
        }
        if processes[number].start == .asked {
            // This is what its events will say.
            enter(.backoff, number, at: now)
            markSeen(number, at: now)
        }
        reach([.started, .backoff], number)
        return startWhatIsFree(at: now)
    }

    /// Notes that a process was not started after all.
    mutating func forgetStart(_ number: Int) {
        guard processes[number].start.isDone else {
            return
        }
        processes[number].start = .none
        processes[number].isStartedHere = false
        countStart(number, 1)
        enter(.stopped, number, at: .now)
        free.append(processes[number].program)
    }

    private mutating func countStart(_ number: Int, _ change: Int) {
        let program = processes[number].program
        if plan.programs[program].isManaged, plan.programs[program].level != nil {
            programs[program].unstarted += change
            remaining += change
        }
    }

    /// Starts what waits for nothing any more, in the order of the ranks.
    mutating func startWhatIsFree(at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard began != nil, !free.isEmpty else {
            return []
        }
        let ordered = free.sorted { plan.programs[$0].rank < plan.programs[$1].rank }
        free.removeAll(keepingCapacity: true)
        var commands: [StartupCommand] = []
        for program in ordered where programs[program].unstarted > 0 && programs[program].missing == 0 {
            for number in plan.programs[program].processIndices where mayStart(number) {
                markStarted(number, .asked)
                processes[number].isStartedHere = true
                lastStarted = program
                programs[program].startedAt = programs[program].startedAt ?? now
                commands.append(.start(processes[number].name))
            }
        }
        return commands
    }

    private func mayStart(_ number: Int) -> Bool {
        processes[number].start == .none && processes[number].failure == nil
    }
}
