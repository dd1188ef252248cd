package import ListenerKit

/// What programs wait for as things stand, by the same rules by which they are started.
package struct StartupOutlook {
    private let plan: StartupPlan
    /// For each program, the parents that it waits for, and to be what.
    private var awaited: [[(parent: Int, conditions: StartupConditions)]]

    /// Looks at how things stand.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - policy: What follows when a program can no longer reach what others wait for.
    ///   - snapshot: Every process that supervisord knows.
    package init(_ plan: StartupPlan, _ policy: FailurePolicy, _ snapshot: [ProcessInformation]) {
        self.plan = plan
        awaited = Array(repeating: [], count: plan.programs.count)
        var progress = StartupProgress(plan, policy: policy)
        // What is to be done now is for the listener to do.
        _ = progress.take(snapshot, asked: .now, at: .now)
        for (index, parent) in progress.parents.enumerated() {
            for waiter in parent.waiters {
                awaited[waiter.program].append((index, waiter.conditions))
            }
        }
    }

    /// What a program waits for.
    ///
    /// - Parameter program: The program's index in the plan.
    /// - Returns: Nothing where it need not wait any longer.
    package func waits(of program: Int) -> [StartupDependency] {
        plan.programs[program].dependencies.filter { dependency in
            awaited[program].contains { $0 == (dependency.parent, dependency.conditions) }
        }
    }
}
