import ListenerKit

/// Groups that are removed and added again, as by `supervisorctl update`: their processes are replaced.
extension StartupProgress {
    /// Follows that a group was added: its processes may have been replaced.
    ///
    /// supervisord also reports the groups that it begins with, and a listener may hear of them later than it has seen what
    /// became of them. So only the next snapshot tells.
    ///
    /// - Parameters:
    ///   - group: The name of the group.
    ///   - now: The present time.
    mutating func groupAdded(_ group: String, at now: ContinuousClock.Instant) {
        for index in groups[group] ?? [] {
            switch processes[index].start {
            case .seen, .refused, .maybeReplaced:
                markStarted(index, .maybeReplaced)
                lastUncertainty = now
            case .none, .asked, .unconfirmed:
                // What supervisord was asked for and has not answered is still to be done; the snapshot may come before that.
                if processes[index].failure == .unknown {
                    lastUncertainty = now
                }
            }
        }
    }

    /// Returns whether some processes may have been replaced, as a snapshot shows or may show.
    func mayHaveReplacements(in snapshot: Snapshot) -> Bool {
        processes.contains { $0.start == .maybeReplaced }
            || snapshot.processes.contains { replacementSuspect($0, in: snapshot) != nil }
    }

    /// Suspects processes that were started once, and of which supervisord says later that nobody has: they are replaced, and
    /// the event of their group was lost, or supervisord is not told to send it.
    ///
    /// After lost events, it suspects those too that supervisord has refused to start.
    mutating func suspectReplacements(in snapshot: Snapshot) {
        if case .lostEvents = snapshot.reason {
            for index in processes.indices where processes[index].start == .refused {
                markStarted(index, .maybeReplaced)
            }
        }
        for information in snapshot.processes {
            if let index = replacementSuspect(information, in: snapshot) {
                markStarted(index, .maybeReplaced)
            }
        }
    }

    private func replacementSuspect(_ information: ProcessInformation, in snapshot: Snapshot) -> Int? {
        guard !information.wasStarted, let index = indices[information.name], processes[index].start == .seen,
            let seen = processes[index].seen, seen < snapshot.time
        else {
            return nil
        }
        return index
    }

    /// Follows what a snapshot tells of processes that may have been replaced: one that nobody has started yet is to be
    /// started, once its dependencies are met as they are by now.
    mutating func applyReplacements(in snapshot: Snapshot, at now: ContinuousClock.Instant) {
        var replaced: Set<Int> = []
        for information in snapshot.processes {
            guard let index = indices[information.name], processes[index].start == .maybeReplaced else {
                continue
            }
            forgetIfMaybeReplaced(index)
            if information.wasStarted {
                markSeen(index, at: now)
            } else {
                forgetStart(index, at: now)
                replaced.insert(processes[index].program)
            }
        }
        for program in replaced.sorted() where plan.programs[program].isManaged && plan.programs[program].level != nil {
            waitAgain(program)
        }
    }

    /// Forgets how far a process has come that may have been replaced; what is still true of it will be told again.
    mutating func forgetIfMaybeReplaced(_ index: Int) {
        guard processes[index].start == .maybeReplaced else {
            return
        }
        _ = setFailure(nil, index)
        for parent in memberships[index] {
            parents[parent].forget(processes[index].reached)
        }
        processes[index].reached = []
        processes[index].hasBeenUp = false
    }

    /// Has a program wait for what its dependencies have not reached, or not as they are now.
    private mutating func waitAgain(_ program: Int) {
        for dependency in plan.programs[program].dependencies where holdsBack(dependency) {
            let waiter = ParentProgress.Waiter(program, dependency)
            if !parents[dependency.parent].waiters.contains(waiter) {
                areWaitersChanged = true
                programs[program].missing += 1
                parents[dependency.parent].add(waiter)
            }
        }
    }

    /// Whether a dependency has to be waited for; not if it cannot be met, and others go on without it.
    private func holdsBack(_ dependency: StartupDependency) -> Bool {
        let parent = parents[dependency.parent]
        guard parent.reached.isDisjoint(with: dependency.conditions), !goesOnRegardless else {
            return false
        }
        let isAbsent = plan[parent: dependency].programs.contains {
            plan.programs[$0].level == nil || programs[$0].isStuck
        }
        return !dependency.conditions.isSubset(of: parent.lost) && !(dependency.isOptional && isAbsent)
    }
}
