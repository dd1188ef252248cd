import Handlers

/// When what programs wait for was there.
extension MeasuredStartup {
    /// Returns when a dependency was met; infinity if it never was.
    func met(_ dependency: MeasuredProgram.Dependency) -> Double {
        var first = Double.infinity
        for position in dependency.conditions.positions {
            let last = dependency.processes.map { times[$0].conditions[position] }.max() ?? 0
            first = min(first, last)
        }
        guard dependency.isOptional else {
            return first
        }
        return min(first, dependency.processes.map { times[$0].failed }.min() ?? 0)
    }

    /// Returns when the first process of a program was started.
    func started(_ program: MeasuredProgram) -> Double {
        program.processes.map { times[$0].started }.min() ?? .infinity
    }

    /// Returns what had been met by the time that a program was started; it may have been started without the rest.
    func binding(_ program: MeasuredProgram) -> [MeasuredProgram.Dependency] {
        let start = started(program) + Self.tolerance
        return program.dependencies.filter { met($0) <= start }
    }

    /// Returns when a program could be started, because all that it waited for was there.
    func released(_ program: MeasuredProgram) -> Double {
        min(binding(program).map { met($0) }.reduce(began, max), started(program))
    }

    /// Returns the process of a dependency that decided when it was met, or that has not met it.
    func decisive(_ dependency: MeasuredProgram.Dependency) -> Int? {
        dependency.processes.max { time(of: dependency.conditions, $0) < time(of: dependency.conditions, $1) }
    }

    /// Returns when a process reached the first of some conditions.
    func time(of conditions: StartupConditions, _ process: Int) -> Double {
        times[process].conditions.earliest(of: conditions)
    }

    /// Returns when a process was where it should be; infinity if it never was.
    func goal(_ process: Int) -> Double {
        let times = times[process]
        let ends = awaited[process].intersection([.exited, .completed])
        // Whoever waits for its end only, does not care for more; but some may wait for either, and be satisfied by less.
        if !awaited[process].isDisjoint(with: .running) {
            return times.ready
        }
        // Gates that nothing waits for need not have been tried.
        return ends.isEmpty ? times.running : times.conditions.earliest(of: ends)
    }

    /// Returns when a process was where it should be, or had failed; infinity if it was still on its way.
    private func finish(_ process: Int) -> Double {
        goal(process) < .infinity ? goal(process) : times[process].failed
    }

    /// When the startup was over: the last process was where it should be, or had failed, and nothing more was to come.
    var total: Double {
        let started = processes.indices.filter { processes[$0].isExpected && times[$0].started < .infinity }
        return started.map { process in
            let finish = finish(process)
            // What is on its way has taken so long until the log ended; what waits for a process that has failed is not on its way.
            return finish < .infinity ? finish : times[process].started + end - processes[process].history.started
        }
        .max() ?? 0
    }

    /// The processes that took longest one after the other, by their indices: each was started once the one before was where it
    /// should be.
    var criticalChain: [Int] {
        let started = processes.indices.filter { processes[$0].isExpected && times[$0].started < .infinity }
        guard var process = started.max(by: { finish($0) < finish($1) }) else {
            return []
        }
        var chain = [process]
        // No chain is longer than there are programs; times that contradict each other must not make a circle of it.
        while chain.count <= programs.count {
            let program = programs[processes[process].program]
            guard let last = binding(program).max(by: { met($0) < met($1) }), let next = decisive(last),
                met(last) >= began, !chain.contains(next)
            else {
                break
            }
            chain.append(next)
            process = next
        }
        return chain.reversed()
    }
}
