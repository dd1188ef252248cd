import ListenerKit

/// Groups that are removed and added again, as by `supervisorctl update`: their processes are others from then on.
extension StartupProgress {
    /// Takes the news that a group was added: its processes may be others than those that were known.
    ///
    /// supervisord also says so of the groups that it begins with, and a listener may hear it later than it has seen what
    /// became of these. So this is for the next snapshot to tell.
    ///
    /// - Parameter group: The name of the group.
    /// - Returns: Whether a snapshot has anything to tell.
    mutating func groupAdded(_ group: String) -> Bool {
        var isNews = false
        for number in groups[group] ?? [] {
            switch processes[number].start {
            case .seen, .refused, .maybeReplaced:
                markStarted(number, .maybeReplaced)
                isNews = true
            // What was asked for and not answered is still to be done; the snapshot may come before that.
            case .none, .asked, .inDoubt:
                isNews = isNews || processes[number].failure == .unknown
            }
        }
        return isNews
    }

    /// Finds processes that were started once, and of which supervisord says later that nobody has.
    ///
    /// They are others by now, and the event of their group was lost, or nobody asked for it.
    mutating func suspectReplacements(in snapshot: [ProcessInformation], asked time: ContinuousClock.Instant) {
        for information in snapshot where !information.wasStarted {
            if let number = numbers[information.name], processes[number].start == .seen,
                let seen = processes[number].seen, seen < time
            {
                markStarted(number, .maybeReplaced)
            }
        }
    }

    /// Whether the next snapshot tells of processes that may be others.
    var suspectsReplacements: Bool {
        processes.contains { $0.start == .maybeReplaced }
    }

    /// Has the next snapshot tell of processes that supervisord has refused to start, after the event of their group may have
    /// been lost.
    mutating func suspectRefusals() {
        for number in processes.indices where processes[number].start == .refused {
            markStarted(number, .maybeReplaced)
        }
    }

    /// Takes what a snapshot tells of processes that may be others: one that nobody has started yet is to be started, as its
    /// conditions hold by now.
    mutating func takeReplacements(in snapshot: [ProcessInformation], at now: ContinuousClock.Instant) {
        var replaced: Set<Int> = []
        for information in snapshot {
            guard let number = numbers[information.name], processes[number].start == .maybeReplaced else {
                continue
            }
            forgetIfMaybeReplaced(number)
            if information.wasStarted {
                markSeen(number, at: now)
            } else {
                forgetStart(number)
                replaced.insert(processes[number].program)
            }
        }
        for program in replaced where plan.programs[program].isManaged && plan.programs[program].level != nil {
            waitAnew(program)
        }
    }

    /// Forgets how far a process has come that may be another one; what is so of it will be told again.
    mutating func forgetIfMaybeReplaced(_ number: Int) {
        guard processes[number].start == .maybeReplaced else {
            return
        }
        _ = setFailure(nil, number)
        for parent in memberships[number] {
            parents[parent].forget(processes[number].reached)
        }
        processes[number].reached = []
    }

    /// Has a program wait for what its parents have not reached, or not as they are now.
    private mutating func waitAnew(_ program: Int) {
        for dependency in plan.programs[program].dependencies where holdsBack(dependency) {
            let waiter = ParentProgress.Waiter(program, dependency)
            if !parents[dependency.parent].waiters.contains(waiter) {
                programs[program].missing += 1
                parents[dependency.parent].add(waiter)
            }
        }
    }

    /// Whether a parent is still awaited; not where it cannot come, and others go on without it.
    private func holdsBack(_ dependency: StartupDependency) -> Bool {
        let parent = parents[dependency.parent]
        guard parent.reached.isDisjoint(with: dependency.conditions), !(isOverdue && policy == .continue) else {
            return false
        }
        let isAbsent = plan[parent: dependency].programs.contains {
            plan.programs[$0].level == nil || programs[$0].isStuck
        }
        return !dependency.conditions.isSubset(of: parent.lost) && !(dependency.isOptional && isAbsent)
    }
}
