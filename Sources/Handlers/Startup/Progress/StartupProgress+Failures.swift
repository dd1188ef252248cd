import ListenerKit

/// Processes that reach nothing more, and what follows for those that wait.
extension StartupProgress {
    /// Records why a process reaches nothing more, or that it can again.
    ///
    /// - Returns: What is to be done.
    mutating func setFailure(_ failure: StartupFailure?, _ index: Int) -> [StartupCommand] {
        let before = processes[index].failure
        guard before != failure else {
            return []
        }
        processes[index].failure = failure
        if failure == nil, processes[index].start == .none {
            // It was kept from being started, for example because supervisord did not know it.
            readyPrograms.append(processes[index].program)
        }
        let change = (failure == nil ? 0 : 1) - (before == nil ? 0 : 1)
        let missing = ((failure ?? before)?.lostConditions ?? []).subtracting(processes[index].reached)
        for parent in memberships[index] where change != 0 {
            parents[parent].lose(missing, by: change)
        }
        return failure.map { react(to: $0, index) } ?? []
    }

    /// Lets those go on that can do without the process; reports who waits in vain, and does what the policy says.
    private mutating func react(to failure: StartupFailure, _ index: Int) -> [StartupCommand] {
        let program = processes[index].program
        let affected = memberships[index]
        for parent in affected {
            let lost = parents[parent].lost
            release(parent, because: program) { $0.isOptional && $0.conditions.isSubset(of: lost) }
        }
        let holdsBack = affected.contains { parent in
            parents[parent].waiters.contains { isStuck($0, for: parent, because: index) }
        }
        guard holdsBack else {
            let isNews = failure.isReportedAlone && processes[index].lastReported != failure
            return isNews ? [report(failure, failure == .unknown ? .warning : .error, index)] : []
        }
        return failure.isUpToOperator ? keepWaiting(failure, index) : applyPolicy(to: failure, index, affected)
    }

    /// Reports a failure with what follows from it; it is not reported once more without that.
    private mutating func report(
        _ failure: StartupFailure,
        _ level: Reporter.Level,
        _ index: Int,
        consequence: String = ""
    ) -> StartupCommand {
        processes[index].lastReported = failure
        let consequence = advice(on: failure, index) + consequence
        return .reportFailure(level, processes[index].name, failure, consequence: consequence)
    }

    /// Returns what to do about a process that is FATAL although others wait for its end alone; else nothing.
    private func advice(on failure: StartupFailure, _ index: Int) -> String {
        let seconds = plan.programs[processes[index].program].startSeconds
        let isTask = memberships[index].contains { parent in
            parents[parent].waiters.contains { $0.conditions.isSubset(of: .ends) }
        }
        guard failure == .fatal, isTask, seconds > 0 else {
            return ""
        }
        return "; it has to run for \(seconds) s to count as started: if it ends sooner by itself, set startsecs=0"
    }

    private mutating func applyPolicy(
        to failure: StartupFailure,
        _ index: Int,
        _ affected: [Int]
    ) -> [StartupCommand] {
        switch policy {
        case .wait:
            return keepWaiting(failure, index)
        case .continue:
            let names = whoWaits(for: index) ?? ""
            for parent in affected {
                let stuck = parents[parent].waiters.filter { isStuck($0, for: parent, because: index) }
                release(parent, because: processes[index].program) { stuck.contains($0) }
            }
            return [report(failure, .error, index, consequence: "; starting anyway: \(names)")]
        case .exit:
            let names = whoWaits(for: index) ?? ""
            let description = failure.description(of: processes[index].name.description)
            let advice = advice(on: failure, index)
            return [.shutDown(reason: "\(description)\(advice); not started: \(names)", failed: processes[index].name)]
        }
    }

    /// Lets those go on that can do without what waits in vain now, and reports who does.
    private mutating func keepWaiting(_ failure: StartupFailure, _ index: Int) -> [StartupCommand] {
        markStuck(memberships[index])
        let names = whoWaits(for: index) ?? ""
        let level: Reporter.Level = failure.isUpToOperator ? .warning : .error
        let consequence = "; until it is \(failure.cure), these do not start: \(names)"
        return [report(failure, level, index, consequence: consequence)]
    }

    /// Records, once, that programs wait in vain, and those that wait for them; who can do without them goes on.
    private mutating func markStuck(_ affected: [Int]) {
        var open: [(parent: Int, isFirst: Bool)] = affected.map { ($0, true) }
        while let (parent, isFirst) = open.popLast() {
            let lost = isFirst ? parents[parent].lost : .all
            for waiter in parents[parent].waiters where waiter.conditions.isSubset(of: lost) {
                let program = waiter.program
                guard !waiter.isOptional, !programs[program].isStuck, programs[program].unstarted > 0 else {
                    continue
                }
                programs[program].isStuck = true
                let next = Set(plan.programs[program].processIndices.flatMap { memberships[$0] }).sorted()
                open += next.map { ($0, false) }
                for own in next {
                    release(own, because: program) { $0.isOptional }
                }
            }
        }
    }

    /// Names those that wait in vain for a process, and those that wait for them in turn.
    private func whoWaits(for index: Int) -> String? {
        waiting.description(for: [processes[index].program], of: memberships[index]) { parent, isOfProcess in
            parents[parent].waiters.filter { waiter in
                isOfProcess ? isStuck(waiter, for: parent, because: index) : isStuck(waiter, .all)
            }.map { $0.program }
        }
    }

    /// Whether a program that is not started waits in vain for a parent, because of one of its processes and not only of
    /// others.
    private func isStuck(_ waiter: ParentProgress.Waiter, for parent: Int, because index: Int) -> Bool {
        isStuck(waiter, parents[parent].lost) && holdsBack(index, waiter.conditions, of: parent)
    }

    /// Whether a process has to be repaired for its parent to reach one of some conditions that are lost.
    ///
    /// It has not if it has reached one of them, and only others keep the parent from that.
    private func holdsBack(_ index: Int, _ conditions: StartupConditions, of parent: Int) -> Bool {
        let reached = conditions.intersection(processes[index].reached)
        guard !reached.isEmpty else {
            return true
        }
        let failed = plan.parents[parent].processes.filter { processes[$0].failure != nil }.map {
            processes[$0].reached
        }
        return conditions.subtracting(reached).positions.contains { lost in
            reached.positions.allSatisfy { other in
                // Some process has reached what this one has not, and lacks what this one has reached.
                failed.contains {
                    $0.contains(StartupConditions(position: lost)) && !$0.contains(StartupConditions(position: other))
                }
            }
        }
    }

    /// Whether a program that is not started waits for nothing but what is lost.
    private func isStuck(_ waiter: ParentProgress.Waiter, _ lost: StartupConditions) -> Bool {
        waiter.conditions.isSubset(of: lost) && programs[waiter.program].unstarted > 0
    }
}

extension ProcessStateEvent.Transition {
    /// Why a process reaches nothing more, if this is its last change.
    func failure(autorestart: Autorestart) -> StartupFailure? {
        switch self {
        case .fatal: .fatal
        case .stopped: .stopped
        case .exited(let isExpected, _): StartupFailure(exitIsExpected: isExpected, autorestart)
        case .starting, .running, .backoff, .stopping, .unknown: nil
        }
    }
}

extension ProcessInformation {
    /// Why a process that was started reaches nothing more, if that is so.
    func failure(autorestart: Autorestart, exitCodes: [Int]) -> StartupFailure? {
        switch state {
        case .fatal: .fatal
        case .stopped: .stopped
        case .exited:
            StartupFailure(exitIsExpected: exitCodes.contains(exitStatus), autorestart).map {
                isNeverExecuted(exitCodes: exitCodes) ? .notExecuted : $0
            }
        case .starting, .running, .backoff, .stopping, .unknown: nil
        }
    }

    /// Whether a process that has exited has probably not been executed at all.
    func isNeverExecuted(exitCodes: [Int]) -> Bool {
        guard exitStatus == StartupFailure.statusOfNoExecution, !exitCodes.contains(exitStatus) else {
            return false
        }
        // Both are whole seconds.
        return (stopTime ?? Timestamp(seconds: 0)).seconds(since: startTime ?? Timestamp(seconds: 0)) <= 1
    }
}

extension StartupFailure {
    /// The failure that an exit is if supervisord does not restart the process.
    fileprivate init?(exitIsExpected: Bool, _ autorestart: Autorestart) {
        guard !autorestart.restarts(afterExpected: exitIsExpected) else {
            return nil
        }
        self = .exited(isExpected: exitIsExpected)
    }
}
