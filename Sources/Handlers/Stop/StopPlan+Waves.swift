/// The times that an ordered stop may take.
extension StopPlan {
    /// The programs in waves: each stops after the one before, at the earliest; the listeners come last, one a wave.
    package var waves: [[StopStep]] {
        var waves: [[StopStep]] = []
        // How many waves come before the step; a step that joins others takes no wave of its own.
        var levels: [Int] = []
        for step in steps {
            let level = step.predecessors.map { levels[$0] + (steps[$0].program == nil ? 0 : 1) }.max() ?? 0
            levels.append(level)
            if step.program != nil {
                while waves.count <= level {
                    waves.append([])
                }
                waves[level].append(step)
            }
        }
        return waves.filter { !$0.isEmpty } + listeners.map { [$0] }
    }

    /// The programs that make the longest stop possible, one after the other, and the listeners.
    package var longestChain: [StopStep] {
        var ends: [Int] = []
        var previous: [Int?] = []
        for step in steps {
            let last = step.predecessors.max { ends[$0] < ends[$1] }
            previous.append(last)
            ends.append((last.map { ends[$0] } ?? 0) + step.seconds)
        }
        var chain: [StopStep] = []
        var next = steps.indices.max { ends[$0] < ends[$1] }
        while let index = next {
            if steps[index].program != nil {
                chain.append(steps[index])
            }
            next = previous[index]
        }
        return chain.reversed() + listeners
    }

    /// The longest time that the stop may take, in seconds.
    package var seconds: Int {
        longestChain.reduce(0) { $0 + $1.seconds }
    }
}
