import ListenerKit

/// Another plan, after supervisord has read another configuration.
extension StartupProgress {
    /// Goes on by another plan: what is known of processes that both plans have stays so, and the rest of the new plan is
    /// started in its order.
    ///
    /// - Parameters:
    ///   - plan: The plan to go on by.
    ///   - snapshot: Every process that supervisord knows, after it has read the new configuration.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    mutating func adopt(
        _ plan: StartupPlan,
        _ snapshot: Snapshot,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        // A process that is replaced by now must not make programs ready that are new.
        suspectReplacements(in: snapshot)
        applyReplacements(in: snapshot, at: now)
        let old = self
        self = StartupProgress(plan, policy: policy, timeout: timeout, from: old)
        var commands: [StartupCommand] = []
        for index in processes.indices where processes[index].start == .refused {
            // All other failures are told by the snapshot.
            commands += setFailure(old.failure(of: processes[index].name), index)
        }
        return commands + apply(snapshot, at: now)
    }

    private func failure(of process: ProcessName) -> StartupFailure? {
        indices[process].flatMap { processes[$0].failure }
    }

    /// Keeps what is known of processes, except for failures.
    mutating func keepProcesses(of old: StartupProgress) {
        began = old.began
        isFinished = old.isFinished
        isOverdue = old.isOverdue
        lastUncertainty = old.lastUncertainty
        for index in processes.indices where indices[processes[index].name] == index {
            guard let known = old.indices[processes[index].name] else {
                continue
            }
            processes[index].keep(old.processes[known])
            for parent in memberships[index] {
                _ = parents[parent].reach(processes[index].reached)
            }
        }
    }

    /// Keeps what is known of programs, and schedules nudges for what is awaited now.
    mutating func keepPrograms(of old: StartupProgress) {
        let newIndices = Dictionary(plan.programs.indices.map { (plan.programs[$0].name, $0) }) { first, _ in first }
        func index(ofOld program: Int?) -> Int? {
            program.flatMap { newIndices[old.plan.programs[$0].name] }
        }
        for program in old.programs.indices {
            if let new = index(ofOld: program) {
                programs[new].startedAt = old.programs[program].startedAt
                programs[new].waitedFor = index(ofOld: old.programs[program].waitedFor)
            }
        }
        lastStarted = index(ofOld: old.lastStarted)
        for index in processes.indices where processes[index].since != nil {
            scheduleNudges(for: index)
        }
    }
}
