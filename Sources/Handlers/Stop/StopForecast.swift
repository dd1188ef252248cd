/// The longest times that an ordered stop may take.
///
/// It takes longest if every process needs all of its `stopwaitsecs`.
package struct StopForecast: Sendable {
    /// The steps of the plan, then its listeners, one after the other, each after those that must be over before it.
    package let steps: [StopStep]
    /// For each step, after how many seconds it is over at the latest.
    package let ends: [Int]
    /// The programs and listeners in waves, by the indices of their steps.
    ///
    /// A wave has what can stop once those of the waves before it have stopped; the slowest comes first.
    package let waves: [[Int]]
    /// The programs and listeners that make the stop that long, one after the other, by the indices of their steps.
    package let longestChain: [Int]

    /// Adds up the times of a plan.
    package init(_ plan: StopPlan) {
        let steps = Self.steps(of: plan)
        var ends: [Int] = []
        var waves: [[Int]] = []
        // How many waves come before each step; one that only joins others is in none.
        var levels: [Int] = []
        for (index, step) in steps.enumerated() {
            let beginning = step.predecessors.map { ends[$0] }.max() ?? 0
            ends.append(min(beginning + step.seconds, StopPlan.longestStop))
            let level = step.predecessors.map { levels[$0] + (steps[$0].program == nil ? 0 : 1) }.max() ?? 0
            levels.append(level)
            guard step.program != nil else {
                continue
            }
            if level == waves.count {
                waves.append([])
            }
            waves[level].append(index)
        }
        self.steps = steps
        self.ends = ends
        self.waves = waves.map { wave in wave.sorted { (steps[$1].seconds, $0) < (steps[$0].seconds, $1) } }
        longestChain = Self.longestChain(steps, ends)
    }

    /// The longest time that the stop may take, in seconds.
    package var seconds: Int { ends.max() ?? 0 }

    private static func steps(of plan: StopPlan) -> [StopStep] {
        let inner = Set(plan.steps.flatMap { $0.predecessors })
        var steps = plan.steps
        var before = steps.indices.filter { !inner.contains($0) }
        if before.count > 1, !plan.listeners.isEmpty {
            steps.append(StopStep(joining: before))
            before = [steps.count - 1]
        }
        for listener in plan.listeners {
            steps.append(StopStep(listener, after: before))
            before = [steps.count - 1]
        }
        return steps
    }

    private static func longestChain(_ steps: [StopStep], _ ends: [Int]) -> [Int] {
        var chain: [Int] = []
        var next = steps.indices.max { ends[$0] < ends[$1] }
        while let index = next {
            if steps[index].program != nil {
                chain.append(index)
            }
            next = steps[index].predecessors.max { ends[$0] < ends[$1] }
        }
        return chain.reversed()
    }
}
