package import ListenerKit

/// The dependencies that programs wait for at present, by the same rules by which they are started.
package struct StartupOutlook {
    private let plan: StartupPlan
    /// For each program, the parents that it waits for, and to be what.
    private var awaited: [[(parent: Int, conditions: StartupConditions)]]

    /// Finds what programs wait for, in a snapshot.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - policy: What follows if a program can no longer reach what others wait for.
    ///   - snapshot: Every process that supervisord knows.
    ///   - gates: How the gates stand; nil if that is not known, so that no process with gates counts as running.
    package init(
        _ plan: StartupPlan,
        _ policy: FailurePolicy,
        _ snapshot: [ProcessInformation],
        gates: GateReport? = nil
    ) {
        self.plan = plan
        awaited = Array(repeating: [], count: plan.programs.count)
        var progress = StartupProgress(plan, policy: policy)
        // What is to be done now is for the listener to do.
        _ = progress.apply(Snapshot(processes: snapshot, reason: .request), at: .now)
        for process in gates?.processes ?? [] {
            if process.isReady {
                _ = progress.setReady(process.name, at: .now)
            } else if let failure = process.failure {
                _ = progress.setNotReady(process.name, because: failure, at: .now)
            }
        }
        for (index, parent) in progress.parents.enumerated() {
            for waiter in parent.waiters {
                awaited[waiter.program].append((index, waiter.conditions))
            }
        }
    }

    /// Returns what a program waits for.
    ///
    /// - Parameter program: The program's index in the plan.
    /// - Returns: Its dependencies that are not met; none if it need not wait any longer.
    package func waits(of program: Int) -> [StartupDependency] {
        plan.programs[program].dependencies.filter { dependency in
            awaited[program].contains { $0 == (dependency.parent, dependency.conditions) }
        }
    }
}
