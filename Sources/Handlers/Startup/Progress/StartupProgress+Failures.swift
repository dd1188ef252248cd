import ListenerKit

extension StartupProgress {
    /// Notes why a process reaches nothing more, or that it can again.
    ///
    /// - Returns: What is to be done.
    mutating func setFailure(_ failure: StartupFailure?, _ number: Int) -> [StartupCommand] {
        let before = processes[number].failure
        guard before != failure else {
            return []
        }
        processes[number].failure = failure
        let change = (failure == nil ? 0 : 1) - (before == nil ? 0 : 1)
        let missing = StartupConditions.all.subtracting(processes[number].reached)
        for parent in memberships[number] where change != 0 {
            parents[parent].lose(missing, by: change)
        }
        return failure.map { react(to: $0, number) } ?? []
    }

    /// Lets those go on that can do without the process; says who waits in vain, and does what the policy says.
    private mutating func react(to failure: StartupFailure, _ number: Int) -> [StartupCommand] {
        let program = processes[number].program
        let affected = memberships[number]
        for parent in affected {
            let lost = parents[parent].lost
            release(parent, because: program) { $0.isOptional && $0.conditions.isSubset(of: lost) }
        }
        let holdsBack = affected.contains { parent in
            parents[parent].waiters.contains { isStuck($0, for: parent, because: number) }
        }
        guard holdsBack else {
            let isNews = failure.isSaidAlone && processes[number].lastSaid != failure
            return isNews ? [report(failure, failure == .unknown ? .warning : .error, number)] : []
        }
        return failure.isUpToOperator ? keepWaiting(failure, number) : apply(failure, number, to: affected)
    }

    /// Says of a failure what follows from it; what was said with that is not said once more without it.
    private mutating func report(
        _ failure: StartupFailure,
        _ level: Reporter.Level,
        _ number: Int,
        consequence: String = ""
    ) -> StartupCommand {
        processes[number].lastSaid = failure
        return .sayFailure(level, processes[number].name, failure, consequence: consequence)
    }

    private mutating func apply(
        _ failure: StartupFailure,
        _ number: Int,
        to affected: [Int]
    ) -> [StartupCommand] {
        switch policy {
        case .wait:
            return keepWaiting(failure, number)
        case .continue:
            let names = whoWaits(for: number) ?? ""
            for parent in affected {
                let (reached, lost) = (processes[number].reached, parents[parent].lost)
                release(parent, because: processes[number].program) { waiter in
                    !waiter.conditions.isSubset(of: reached) && waiter.conditions.isSubset(of: lost)
                }
            }
            return [report(failure, .error, number, consequence: "; starting anyway: \(names)")]
        case .exit:
            let names = whoWaits(for: number) ?? ""
            let description = failure.description(of: processes[number].name.description)
            return [.endSupervisor("\(description); not started: \(names)", processes[number].name)]
        }
    }

    /// Lets those go on that can do without what waits in vain now, and says who does.
    private mutating func keepWaiting(_ failure: StartupFailure, _ number: Int) -> [StartupCommand] {
        markStuck(memberships[number])
        let names = whoWaits(for: number) ?? ""
        let until = failure.wasStarted ? "started again" : "started"
        let level: Reporter.Level = failure.isUpToOperator ? .warning : .error
        return [report(failure, level, number, consequence: "; until it is \(until), these do not start: \(names)")]
    }

    /// Notes, once, that programs wait in vain, and those that wait for them; who can do without them goes on.
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
                let next = Set(plan.programs[program].processIndices.flatMap { memberships[$0] })
                open += next.map { ($0, false) }
                for own in next {
                    release(own, because: program) { $0.isOptional }
                }
            }
        }
    }

    /// Names those that wait in vain for a process, and those that wait for them in turn.
    private func whoWaits(for number: Int) -> String? {
        waiting.description(for: [processes[number].program], of: memberships[number]) { parent, isOfProcess in
            parents[parent].waiters.filter { waiter in
                isOfProcess ? isStuck(waiter, for: parent, because: number) : isStuck(waiter, .all)
            }.map { $0.program }
        }
    }

    /// Whether a program that is not started waits in vain for a parent, because of one of its processes and not only of
    /// others.
    private func isStuck(_ waiter: ParentProgress.Waiter, for parent: Int, because number: Int) -> Bool {
        !waiter.conditions.isSubset(of: processes[number].reached) && isStuck(waiter, parents[parent].lost)
    }

    /// Whether a program that is not started waits for nothing but what is lost.
    private func isStuck(_ waiter: ParentProgress.Waiter, _ lost: StartupConditions) -> Bool {
        waiter.conditions.isSubset(of: lost) && programs[waiter.program].unstarted > 0
    }
}

extension ProcessStateEvent.Transition {
    /// Why a process reaches nothing more, where this is its last change.
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
    /// Why a process reaches nothing more, where it was started and that is so.
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
    /// What an end is where supervisord does not start the process again.
    fileprivate init?(exitIsExpected: Bool, _ autorestart: Autorestart) {
        guard !autorestart.restarts(afterExpected: exitIsExpected) else {
            return nil
        }
        self = .ended(isExpected: exitIsExpected)
    }
}
