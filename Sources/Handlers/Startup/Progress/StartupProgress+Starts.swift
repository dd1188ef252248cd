import ListenerKit

/// Records the conditions that processes reach, and starts the programs that wait for them.
extension StartupProgress {
    /// Records how a process stands.
    mutating func change(
        _ index: Int,
        to state: ProcessState,
        since time: ContinuousClock.Instant,
        reached: StartupConditions,
        failure: StartupFailure?,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        enter(state, index, at: time)
        guard !isKnownBetter(index, failure) else {
            return []
        }
        if let failure, isReportedAgain(index, failure) {
            processes[index].failure = failure
            return [.report(.error, failure.description(of: processes[index].name.description))]
        }
        // Only its gates, or its end, tell more about a process whose gates have not passed in time: its events may be late.
        guard failure != nil || ![.starting, .running].contains(state) || !isNotReady(index) else {
            return []
        }
        if processes[index].failure != failure {
            _ = setFailure(nil, index)
        }
        reach(reached, index)
        return setFailure(failure, index)
    }

    /// Whether more is known already about how a process exited.
    private func isKnownBetter(_ index: Int, _ failure: StartupFailure?) -> Bool {
        processes[index].failure == .notExecuted && failure == .exited(isExpected: false)
    }

    /// Whether more became known about how a process exited, after whoever waits was told that it has.
    private func isReportedAgain(_ index: Int, _ failure: StartupFailure) -> Bool {
        failure == .notExecuted && processes[index].failure == .exited(isExpected: false)
    }

    /// Records what a process has reached, and which programs become ready by that.
    mutating func reach(_ conditions: StartupConditions, _ index: Int) {
        var news = conditions.subtracting(processes[index].reached)
        if news.contains(.running) {
            processes[index].hasBeenUp = true
            if processes[index].hasGates, !processes[index].isReady {
                news.remove(.running)
            }
        }
        guard !news.isEmpty else {
            return
        }
        let lost = processes[index].failure?.lostConditions ?? []
        processes[index].reached.formUnion(news)
        for parent in memberships[index] {
            if !lost.isEmpty {
                parents[parent].lose(news.intersection(lost), by: -1)
            }
            if parents[parent].reach(news) {
                let reached = parents[parent].reached
                release(parent, because: processes[index].program) { !$0.conditions.isDisjoint(with: reached) }
            }
        }
    }

    /// Lets programs go on that waited for a parent.
    ///
    /// - Parameters:
    ///   - parent: The parent.
    ///   - program: The program that was waited for last; nil if the timeout is over.
    ///   - isReleased: Which of them.
    mutating func release(
        _ parent: Int,
        because program: Int?,
        where isReleased: (ParentProgress.Waiter) -> Bool
    ) {
        for waiter in parents[parent].release(where: isReleased) {
            areWaitersChanged = true
            programs[waiter.program].missing -= 1
            if programs[waiter.program].missing == 0 {
                programs[waiter.program].waitedFor = program
                readyPrograms.append(waiter.program)
            }
        }
    }

    /// Records that a process was started, or that supervisord was asked to start it.
    mutating func markStarted(_ index: Int, _ start: ProcessProgress.Start) {
        if !processes[index].start.isDone {
            countStart(index, -1)
        }
        processes[index].start = start
    }

    /// Records that a process has been started by now.
    ///
    /// - Parameters:
    ///   - index: The process.
    ///   - now: The present time.
    ///   - isNew: Whether it was started only now, even if it is known to have been started.
    mutating func markSeen(_ index: Int, at now: ContinuousClock.Instant, isNew: Bool = false) {
        if isNew || processes[index].start != .seen {
            processes[index].seen = now
        }
        markStarted(index, .seen)
    }

    /// Records that a process was not started after all.
    mutating func forgetStart(_ index: Int, at now: ContinuousClock.Instant) {
        guard processes[index].start.isDone else {
            return
        }
        processes[index].start = .none
        processes[index].isStartedHere = false
        countStart(index, 1)
        enter(.stopped, index, at: now)
        readyPrograms.append(processes[index].program)
    }

    private mutating func countStart(_ index: Int, _ change: Int) {
        let program = processes[index].program
        if plan.programs[program].isManaged, plan.programs[program].level != nil {
            programs[program].unstarted += change
            remaining += change
        }
    }

    /// Starts the programs that are ready, in their start order.
    mutating func startReadyPrograms(at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard !readyPrograms.isEmpty, began != nil else {
            return []
        }
        let ordered = readyPrograms.sorted { plan.programs[$0].rank < plan.programs[$1].rank }
        readyPrograms.removeAll(keepingCapacity: true)
        var commands: [StartupCommand] = []
        for program in ordered where programs[program].unstarted > 0 && programs[program].missing == 0 {
            for index in plan.programs[program].processIndices where isReadyToStart(index) {
                markStarted(index, .asked)
                processes[index].isStartedHere = true
                lastStarted = program
                programs[program].startedAt = programs[program].startedAt ?? now
                commands.append(.start(processes[index].name))
            }
        }
        return commands
    }

    private func isReadyToStart(_ index: Int) -> Bool {
        processes[index].start == .none && processes[index].failure == nil
    }
}
