import ListenerKit

/// Another plan, after supervisord has taken over another configuration.
extension StartupProgress {
    /// Goes on by another plan: what is known of processes that both plans have stays so, and the rest of the new plan is
    /// started in its order.
    ///
    /// - Parameters:
    ///   - plan: The plan to go on by.
    ///   - snapshot: Every process that supervisord knows, after it has taken over the new configuration.
    ///   - time: When supervisord was asked.
    ///   - now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func adopt(
        _ plan: StartupPlan,
        _ snapshot: [ProcessInformation],
        asked time: ContinuousClock.Instant,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        // What has another process in its place by now is not to set anybody free of those that are new.
        suspectReplacements(in: snapshot, asked: time)
        takeReplacements(in: snapshot, at: now)
        let old = self
        self = StartupProgress(plan, policy: policy, timeout: timeout, from: old)
        var commands: [StartupCommand] = []
        for number in processes.indices where processes[number].start == .refused {
            // All other failures are told by the snapshot.
            commands += setFailure(old.failure(of: processes[number].name), number)
        }
        return commands + take(snapshot, asked: time, at: now)
    }

    private func failure(of process: ProcessName) -> StartupFailure? {
        numbers[process].flatMap { processes[$0].failure }
    }

    /// Takes over what is known of processes, except for failures.
    mutating func takeOver(_ old: StartupProgress) {
        began = old.began
        isFinished = old.isFinished
        isOverdue = old.isOverdue
        wantsSnapshot = old.wantsSnapshot
        for number in processes.indices where numbers[processes[number].name] == number {
            guard let known = old.numbers[processes[number].name] else {
                continue
            }
            let program = processes[number].program
            processes[number] = old.processes[known]
            processes[number].program = program
            processes[number].failure = nil
            for parent in memberships[number] {
                _ = parents[parent].reach(processes[number].reached)
            }
        }
    }

    /// Takes over what is known of programs, and when supervisord is to be woken.
    mutating func takeOverPrograms(of old: StartupProgress) {
        let indices = Dictionary(plan.programs.indices.map { (plan.programs[$0].name, $0) }) { first, _ in first }
        func index(ofOld program: Int?) -> Int? {
            program.flatMap { indices[old.plan.programs[$0].name] }
        }
        for program in old.programs.indices {
            if let new = index(ofOld: program) {
                programs[new].startedAt = old.programs[program].startedAt
                programs[new].waitedFor = index(ofOld: old.programs[program].waitedFor)
            }
        }
        lastStarted = index(ofOld: old.lastStarted)
        for number in processes.indices where processes[number].since != nil {
            queueNudge(for: number)
        }
    }
}
